import { LANES } from '../../../shared/vocabulary';
import { hintedPollAt } from '../../../server/src/domain/retry-policy';
import type { Submission } from '../../../server/src/domain/submission';
import { CampaignIdTaken, type SubmissionChange, type SubmissionStore } from '../../../server/src/delivery/ports';
import { submissionMayMove } from '../../../server/src/strapi/stores/moves';
import { fromRow, toRow } from '../../../server/src/strapi/stores/submission-row';
import { campaignKey, type Access, type Space } from './space';

/** What columns make of a submission: rounded times, cut labels. */
const stored = (submission: Submission): Submission => fromRow(toRow(submission));
const all = (space: Space): Submission[] => [...space.read('submissions').values()];

const put = (space: Space, submission: Submission): void => {
  const row = stored(submission);
  space.write('submissions').set(row.id, row);
  if (row.campaignId) space.write('campaigns').set(campaignKey(row.account, row.campaignId), row.id);
};

const asked = ({ state, campaignId, leadCampaignId, pollAt }: Submission): boolean =>
  pollAt !== null && (state === 'accepted' || (state === 'in_doubt' && (campaignId ?? leadCampaignId) !== null));
const pollTime = ({ pollAt }: Submission): number => pollAt ?? Infinity;
const earliest = (times: readonly number[]): number | null => (times.length > 0 ? Math.min(...times) : null);

export const createSubmissions = ({ use }: Access): SubmissionStore => ({
  insert: (submissions) =>
    use((space) => {
      for (const submission of submissions) {
        if (space.read('submissions').has(submission.id)) throw new Error('The submission is in the ledger already');
        put(space, submission);
      }
    }),

  get: (id) => use((space) => space.read('submissions').get(id) ?? null),
  byIds: (ids) => use((space) => all(space).filter(({ id }) => ids.includes(id))),

  byCampaign: (account, campaignId) =>
    use((space) => {
      const id = space.read('campaigns').get(campaignKey(account, campaignId));
      return (id && space.read('submissions').get(id)) ?? null;
    }),

  sealed: ({ account, limit, exceptAlphanames }) =>
    use((space) => {
      const rows = all(space).filter(
        (row) => row.account === account && row.state === 'sealed' && !exceptAlphanames.includes(row.alphaname),
      );
      return LANES.flatMap((lane) => rows.filter((row) => row.lane === lane)).slice(0, limit);
    }),

  countSealed: (account) =>
    use((space) => all(space).filter((row) => row.account === account && row.state === 'sealed').length),

  startSending: (ids, { owner, now, leaseUntil, only }) =>
    use((space) => {
      const free = all(space)
        .filter(({ id, state }) => state === 'sealed' && ids.includes(id))
        .filter(
          ({ account, alphaname, expiresAt }) =>
            !only || (account === only.account && expiresAt > now && !only.exceptAlphanames.includes(alphaname)),
        );
      return free.map((row) => {
        const next = stored({ ...row, state: 'sending', owner, leaseUntil, sendingAt: now, fence: row.fence + 1 });
        put(space, next);
        return next;
      });
    }),

  change: (changes) =>
    use((space) => {
      refuseKnownCampaigns(space, changes);
      return changes.map((item) => {
        const row = space.read('submissions').get(item.id);
        if (!row || !submissionMayMove(item, row)) return false;
        put(space, { ...row, ...item.patch, state: item.to });
        return true;
      });
    }),

  abandoned: ({ now, limit, soleOwner }) =>
    use((space) =>
      all(space)
        .filter(
          ({ state, leaseUntil, owner }) =>
            state === 'sending' && (leaseUntil <= now || (soleOwner !== null && owner !== soleOwner)),
        )
        .sort((a, b) => a.leaseUntil - b.leaseUntil)
        .slice(0, limit),
    ),

  leasedBeyond: ({ after, limit }) =>
    use((space) =>
      all(space)
        .filter(({ state, leaseUntil }) => state === 'sending' && leaseUntil > after)
        .sort((a, b) => a.leaseUntil - b.leaseUntil)
        .slice(0, limit),
    ),

  duePolls: ({ account, now, limit }) =>
    use((space) =>
      all(space)
        .filter((row) => row.account === account && asked(row) && pollTime(row) <= now)
        .sort((a, b) => pollTime(a) - pollTime(b))
        .slice(0, limit),
    ),

  doubtsWithoutBalance: ({ account, finishedAfter, limit }) =>
    use((space) =>
      [...space.read('submissions').values()]
        .filter(
          (row) =>
            row.account === account &&
            row.state === 'in_doubt' &&
            row.balanceAfter === null &&
            (row.finishedAt ?? 0) > finishedAfter,
        )
        .slice(0, limit),
    ),

  noteBalance: (items) =>
    use((space) => {
      for (const { id, before, after } of items) {
        const row = space.read('submissions').get(id);
        if (row) put(space, { ...row, balanceBefore: before, balanceAfter: after });
      }
    }),

  schedulePolls: (items) =>
    use((space) => {
      for (const { id, ...schedule } of items) {
        const row = space.read('submissions').get(id);
        if (row) put(space, { ...row, ...schedule });
      }
    }),

  hintPoll: (account, campaignIds, at) =>
    use((space) => {
      const known = (id: string | null): boolean => id !== null && campaignIds.includes(id);
      const later = all(space).filter(
        (row) =>
          row.account === account &&
          row.pollAt !== null &&
          row.pollAt > hintedPollAt(at, row.askedAt) &&
          (known(row.campaignId) || known(row.leadCampaignId)),
      );
      for (const row of later) put(space, { ...row, pollAt: hintedPollAt(at, row.askedAt) });
      return later.length;
    }),

  nextPollAt: (account) =>
    use((space) =>
      earliest(all(space).flatMap((row) => (row.account === account && asked(row) ? [pollTime(row)] : []))),
    ),

  batchProgress: (batchId) =>
    use((space) => {
      const states = all(space).flatMap((row) => (row.batchId === batchId ? [row.state] : []));
      return {
        accepted: states.filter((state) => state === 'accepted').length,
        open: states.filter((state) => ['sealed', 'sending'].includes(state)).length,
      };
    }),

  proof: ({ account, alphaname, since }) =>
    use((space) => {
      const rows = all(space).filter(
        (row) => row.account === account && (alphaname ?? row.alphaname) === row.alphaname,
      );
      const proved = rows.some(
        ({ state, finishedAt, errorKind }) =>
          (finishedAt ?? -Infinity) >= since &&
          (state === 'accepted' || (alphaname === null && state === 'refused' && errorKind !== 'invalid')),
      );
      return { proved, running: !proved && rows.some(({ state }) => state === 'sending') };
    }),

  countInDoubtSince: (account, since) =>
    use(
      (space) =>
        all(space).filter(
          (row) =>
            row.account === account && row.state === 'in_doubt' && row.finishedAt !== null && row.finishedAt > since,
        ).length,
    ),
});

/** Before anything is written: nothing of a call with a campaign id that is taken may remain. */
const refuseKnownCampaigns = (space: Space, changes: readonly SubmissionChange[]): void => {
  const given = new Map<string, string>();
  for (const item of changes) {
    const row = space.read('submissions').get(item.id);
    if (!row || !item.patch.campaignId || !submissionMayMove(item, row)) continue;
    const key = campaignKey(row.account, item.patch.campaignId);
    const holder = space.read('campaigns').get(key) ?? given.get(key);
    if (holder !== undefined && holder !== item.id)
      throw new CampaignIdTaken('Another request of this account has the campaign id');
    given.set(key, item.id);
  }
};
