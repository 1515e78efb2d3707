import type { Ledger } from '../../../server/src/delivery/ports';
import type { Submission } from '../../../server/src/domain/submission';
import { CampaignIdTaken } from '../../../server/src/delivery/ports';
import { ACCOUNT, batch, campaignId, intent, keyOf, message, MINUTE, NOW, pause, range, submission } from './builders';
import type { Current } from './fixture';

const WORKERS = 4;
class LostRace extends Error {}

/** Several instances on one ledger. */
export const raceContract = (current: Current): void => {
  const racing = <T>(count: number, run: (ledger: Ledger, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(current().others(count).map(run));

  describe('several instances', () => {
    it('claim every message exactly once', async () => {
      const total = current().concurrent ? 4_000 : 800;
      await current().ledger.messages.insertNew(range(total).map((index) => message({ dueAt: NOW - index })));
      let taken = 0;
      await racing(WORKERS, async (ledger) => {
        for (;;) {
          const due = await ledger.messages.dueForPlan({
            account: ACCOUNT,
            lane: 'service',
            now: NOW,
            limit: 50,
            window: 400,
            exceptAlphanames: [],
            batchId: null,
          });
          if (due.length === 0) return;
          // Added after the wait: `taken += await …` would read the sum before it and lose what others added.
          const claimed = await claimAll(ledger, due);
          taken += claimed;
        }
      });
      expect(taken).toBe(total);
      const counts = await current().ledger.messages.countByState();
      expect(counts).toEqual({ claimed: total });
      const { results } = await current().ledger.messages.list({}, { page: 1, pageSize: total });
      expect(results.every(({ fence, attempts }) => fence === 1 && attempts === 1)).toBe(true);
    });

    it('insert a key exactly once', async () => {
      const rows = range(8).map(() => message({ dedupeKey: keyOf('race') }));
      const answers = await racing(8, async (ledger, index) => {
        const row = rows[index] ?? message();
        const [answer] = await ledger.transaction((inner) => inner.messages.insertNew([row]));
        return answer;
      });
      expect(answers.filter((answer) => answer?.existed === false)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer?.id)).size).toBe(1);
      expect((await current().ledger.messages.list({}, { page: 1, pageSize: 5 })).total).toBe(1);
    });

    it('store a batch, a setting and an account exactly once', async () => {
      const answers = await racing(8, async (ledger, index) => ({
        batch: await ledger.batches.insertNew(batch({ dedupeKey: keyOf('race') })),
        setting: await ledger.settings.ensure('race', String(index)),
        account: await ledger.accounts.ensure({ key: 'race', endpoint: 'e' }, NOW),
      }));
      expect(new Set(answers.map(({ batch: { id } }) => id)).size).toBe(1);
      expect(answers.filter(({ batch: { existed } }) => !existed)).toHaveLength(1);
      expect(new Set(answers.map(({ setting }) => setting)).size).toBe(1);
      expect(await current().ledger.accounts.neverVerified()).toEqual(['race']);
    });

    it('take each submission once', async () => {
      const rows = range(100).map(() => submission());
      await current().ledger.submissions.insert(rows);
      const taken = await racing(WORKERS, (ledger, index) =>
        ledger.submissions.startSending(
          rows.map(({ id }) => id),
          { owner: `instance-${index % 2}`, now: NOW, leaseUntil: NOW + MINUTE },
        ),
      );
      const ids = taken.flat().map(({ id }) => id);
      expect(ids).toHaveLength(100);
      expect(new Set(ids).size).toBe(100);
    });

    it('give a campaign id to one submission', async () => {
      const rows = range(6).map(() => submission({ state: 'sending' }));
      await current().ledger.submissions.insert(rows);
      const results = await Promise.allSettled(
        current()
          .others(6)
          .map((ledger, index) => accept(ledger, rows[index] ?? submission())),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(CampaignIdTaken);
    });

    it('share intents without deciding one twice', async () => {
      await current().ledger.intents.insert(range(200).map(() => intent()));
      const claimed = await racing(WORKERS, async (ledger) => {
        const mine: string[] = [];
        for (;;) {
          const some = await ledger.intents.claimDue({ now: NOW, limit: 20, leaseUntil: NOW + MINUTE });
          if (some.length === 0 && (await ledger.intents.nextDueAt()) !== NOW) return mine;
          mine.push(...some.map(({ id }) => id));
        }
      });
      expect(claimed.flat()).toHaveLength(200);
      expect(new Set(claimed.flat()).size).toBe(200);
    });

    it('hold a lease and a probe one at a time', async () => {
      const row = pause();
      await current().ledger.pauses.put(row);
      const leases = await racing(8, (ledger, index) => ledger.leases.take('chore', `i${index}`, NOW, NOW + MINUTE));
      const probes = await racing(8, (ledger) => ledger.pauses.takeProbe(row, row.probeAt));
      expect(leases.filter(Boolean)).toHaveLength(1);
      expect(probes.filter(Boolean)).toHaveLength(1);
    });

    it('never take more tokens than the bucket holds', async () => {
      await current().ledger.accounts.ensure({ key: ACCOUNT, endpoint: 'e' }, NOW);
      const taken = await racing(8, (ledger) =>
        ledger.accounts.takeTokens(ACCOUNT, 3, { perSecond: 1, burst: 10, now: NOW }),
      );
      const sum = taken.reduce((total, count) => total + count, 0);
      expect(sum).toBeGreaterThan(0);
      expect(sum).toBeLessThanOrEqual(10);
    });

    it('give a message one outcome when an answer and a person meet', async () => {
      const rows = range(40).map(() => message({ state: 'in_doubt', fence: 1 }));
      await current().ledger.messages.insertNew(rows);
      const outcomes = await racing(2, (ledger, index) =>
        ledger.messages.change(
          rows.map(({ id }) => ({ id, from: ['in_doubt'], fence: 1, to: index === 0 ? 'accepted' : 'closed' })),
        ),
      );
      for (const [index] of rows.entries()) expect(outcomes.filter((done) => done[index]).length).toBe(1);
    });
  });
};

/** As the planner does: all or none. */
const claimAll = async (
  ledger: Ledger,
  due: readonly { readonly id: Parameters<Ledger['messages']['claim']>[0][number]['id']; readonly fence: number }[],
): Promise<number> => {
  const sealed = submission({ size: due.length });
  const assignments = due.map(({ id, fence }) => ({ id, fence, submissionId: sealed.id }));
  try {
    return await ledger.transaction(async (inner) => {
      await inner.submissions.insert([sealed]);
      const claimed = await inner.messages.claim(assignments);
      if (claimed !== due.length) throw new LostRace();
      return claimed;
    });
  } catch (error) {
    if (error instanceof LostRace || isRolledBack(error)) return 0;
    throw error;
  }
};

/** A deadlock: the database undid this one so that another could go on; the planner simply plans again. */
const isRolledBack = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['40P01', 'ER_LOCK_DEADLOCK'].includes(String(error.code));

const accept = async (ledger: Ledger, { id }: Submission): Promise<void> => {
  await ledger.transaction(async (inner) => {
    await inner.submissions.change([
      { id, from: ['sending'], to: 'accepted', patch: { campaignId: campaignId('one') } },
    ]);
  });
};
