import { SUBMISSION_STATES } from '../../../shared/vocabulary';
import { canMoveSubmission, type Submission } from '../../../server/src/domain/submission';
import { CampaignIdTaken } from '../../../server/src/delivery/ports';
import { ACCOUNT, campaignId, message, MINUTE, NOW, range, submission, submissionId } from './builders';
import type { Current } from './fixture';

const OWNER = { owner: 'instance-1', now: NOW, leaseUntil: NOW + MINUTE };
const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

/** Requests to the gateway. */
export const submissionContract = (current: Current): void => {
  const submissions = () => current().ledger.submissions;

  describe('submissions', () => {
    it('come back as they went in', async () => {
      const full = submission({
        state: 'in_doubt',
        batchId: 'batch-1',
        owner: 'instance-1',
        leaseUntil: NOW,
        sendingAt: NOW,
        finishedAt: NOW + 1,
        campaignId: campaignId('4711'),
        errorKind: 'timeout',
        errorCode: 'UND_ERR_HEADERS_TIMEOUT',
        reason: 'answer_lost',
        detail: 'Відповідь загубилась',
        leadCampaignId: '4712',
        balanceBefore: '10.50',
        balanceAfter: '9.80',
        pollAt: NOW + 2,
        polls: 3,
        fence: 2,
      });
      const bare = submission();
      await submissions().insert([full, bare]);
      await submissions().insert([]);
      expect(await submissions().get(full.id)).toEqual(full);
      expect(await submissions().byIds([bare.id, full.id, submissionId()])).toEqual([full, bare]);
      expect(await submissions().get(submissionId())).toBeNull();
      expect(await submissions().byCampaign(ACCOUNT, '4711')).toEqual(full);
      expect(await submissions().byCampaign('other', '4711')).toBeNull();
      await expect(submissions().insert([full])).rejects.toThrow();
    });

    it('sealed ones: urgent lane first, then oldest, without paused sender names', async () => {
      const rows = [
        submission({ lane: 'bulk' }),
        submission(),
        submission({ alphaname: 'BAD' }),
        submission({ state: 'sending' }),
        submission({ account: 'other' }),
        submission(),
      ];
      await submissions().insert(rows);
      const sealed = (limit: number) => submissions().sealed({ account: ACCOUNT, limit, exceptAlphanames: ['BAD'] });
      expect(idsOf(await sealed(10))).toEqual([rows[1]?.id, rows[5]?.id, rows[0]?.id]);
      expect(idsOf(await sealed(1))).toEqual([rows[1]?.id]);
      expect(await sealed(0)).toEqual([]);
      expect(await submissions().countSealed(ACCOUNT)).toBe(4);
    });

    it('are taken by compare-and-set: only those this caller got come back', async () => {
      const [free, taken] = [submission(), submission({ state: 'sending', owner: 'other', fence: 1 })] as const;
      await submissions().insert([free, taken]);
      const ids = [free.id, taken.id, submissionId()];
      expect(await submissions().startSending(ids, OWNER)).toEqual([
        { ...free, state: 'sending', owner: 'instance-1', leaseUntil: NOW + MINUTE, sendingAt: NOW, fence: 1 },
      ]);
      expect(await submissions().startSending(ids, OWNER)).toEqual([]);
      expect(await submissions().startSending([], OWNER)).toEqual([]);
      expect(await submissions().get(taken.id)).toEqual(taken);
    });

    it('are taken only when they fit what the caller may send', async () => {
      const rows = [
        submission(),
        submission({ account: 'other' }),
        submission({ alphaname: 'BAD' }),
        submission({ expiresAt: NOW }),
        submission({ alphaname: 'GOOD' }),
      ];
      await submissions().insert(rows);
      const ids = rows.map(({ id }) => id);
      const only = { account: ACCOUNT, exceptAlphanames: ['BAD'] };
      const taken = await submissions().startSending(ids, { ...OWNER, only });
      expect(idsOf(taken)).toEqual([rows[0]?.id, rows[4]?.id]);
      expect((await submissions().byIds(ids)).filter(({ state }) => state === 'sealed')).toHaveLength(3);
    });

    it('abandoned ones: the lease ended, or a foreign owner where nobody else can live', async () => {
      const lapsed = submission({ state: 'sending', owner: 'me', leaseUntil: NOW });
      const alive = submission({ state: 'sending', owner: 'me', leaseUntil: NOW + 1 });
      const foreign = submission({ state: 'sending', owner: 'you', leaseUntil: NOW + 2 });
      await submissions().insert([foreign, lapsed, alive, submission({ leaseUntil: 0 })]);
      const abandoned = async (soleOwner: string | null, limit = 10) =>
        idsOf(await submissions().abandoned({ now: NOW, limit, soleOwner }));
      expect(await abandoned(null)).toEqual([lapsed.id]);
      expect(await abandoned('me')).toEqual([lapsed.id, foreign.id]);
      expect(await abandoned('me', 1)).toEqual([lapsed.id]);
    });

    it('those whose lease ends later than anybody believes', async () => {
      const believed = submission({ state: 'sending', leaseUntil: NOW + MINUTE });
      const later = submission({ state: 'sending', leaseUntil: NOW + 2 * MINUTE });
      const latest = submission({ state: 'sending', leaseUntil: NOW + 3 * MINUTE });
      await submissions().insert([latest, believed, later, submission({ leaseUntil: NOW + 2 * MINUTE })]);
      const beyond = async (limit: number) => idsOf(await submissions().leasedBeyond({ after: NOW + MINUTE, limit }));
      expect(await beyond(10)).toEqual([later.id, latest.id]);
      expect(await beyond(1)).toEqual([later.id]);
    });

    it('tell how far a batch is and how many answers were lost lately', async () => {
      const states = ['accepted', 'accepted', 'sealed', 'sending', 'in_doubt', 'refused', 'closed'] as const;
      await submissions().insert(states.map((state) => submission({ state, batchId: 'b', finishedAt: NOW })));
      await submissions().insert([submission({ state: 'in_doubt', batchId: 'c', finishedAt: NOW - MINUTE })]);
      expect(await submissions().batchProgress('b')).toEqual({ accepted: 2, open: 2 });
      expect(await submissions().batchProgress('unknown')).toEqual({ accepted: 0, open: 0 });
      expect(await submissions().countInDoubtSince(ACCOUNT, NOW - 1)).toBe(1);
      expect(await submissions().countInDoubtSince(ACCOUNT, NOW - 2 * MINUTE)).toBe(2);
      expect(await submissions().countInDoubtSince(ACCOUNT, NOW)).toBe(0);
      expect(await submissions().countInDoubtSince('other', 0)).toBe(0);
    });
  });

  describe('submissions.proof', () => {
    const proof = (alphaname: string | null = null, since = NOW) =>
      submissions().proof({ account: ACCOUNT, alphaname, since });

    it.each<[string, Partial<Submission>, boolean]>([
      ['an acceptance', { state: 'accepted' }, true],
      ['a refusal', { state: 'refused', errorKind: 'refused' }, true],
      ['a refusal of our own', { state: 'refused', errorKind: 'invalid' }, false],
      ['an answer before', { state: 'accepted', finishedAt: NOW - 1 }, false],
      ['an answer of another account', { state: 'accepted', account: 'other' }, false],
      ['no connection', { state: 'retryable', errorKind: 'connect' }, false],
      ['a lost answer', { state: 'in_doubt', errorKind: 'timeout' }, false],
    ])('is %s: %j is %p', async (_, fields, proved) => {
      await submissions().insert([submission({ finishedAt: NOW, ...fields })]);
      expect(await proof()).toEqual({ proved, running: false });
    });

    it('is for a sender name an acceptance under it', async () => {
      await submissions().insert([
        submission({ finishedAt: NOW, state: 'accepted', alphaname: 'A' }),
        submission({ finishedAt: NOW, state: 'refused', alphaname: 'B' }),
        submission({ state: 'sending', alphaname: 'B' }),
      ]);
      expect(await proof('A')).toEqual({ proved: true, running: false });
      expect(await proof('B')).toEqual({ proved: false, running: true });
      expect(await proof('C')).toEqual({ proved: false, running: false });
      expect(await proof(null, NOW + 1)).toEqual({ proved: false, running: true });
    });
  });

  describe('submissions.change', () => {
    it('follows the table of legal moves for every pair of states; notes may always be added', async () => {
      const pairs = SUBMISSION_STATES.flatMap((from) =>
        SUBMISSION_STATES.map((to) => ({ from, to, row: submission({ state: from }) })),
      );
      await submissions().insert(pairs.map(({ row }) => row));
      const done = await submissions().change(
        pairs.map(({ from, to, row }) => ({ id: row.id, from: [from], to, patch: { detail: to } })),
      );
      expect(done).toEqual(pairs.map(({ from, to }) => from === to || canMoveSubmission(from, to)));
      for (const [index, { from, to, row }] of pairs.entries())
        expect(await submissions().get(row.id)).toEqual({
          ...row,
          state: done[index] ? to : from,
          detail: done[index] ? to : null,
        });
    });

    it('writes outcomes of many with their own campaign ids and poll times', async () => {
      const rows = range(50).map(() => submission({ state: 'sending', fence: 1 }));
      await submissions().insert(rows);
      const patchOf = (index: number) => ({
        finishedAt: NOW,
        campaignId: campaignId(String(500 + index)),
        pollAt: NOW + index,
        pollUntil: NOW + MINUTE,
        balanceAfter: index % 2 ? '1.25' : null,
        errorKind: null,
        owner: null,
        leaseUntil: 0,
        sendingAt: NOW - 1,
        errorCode: null,
        reason: null,
        leadCampaignId: null,
        balanceBefore: '2.00',
      });
      const changes = rows.map(({ id }, index) => ({
        id,
        from: ['sending'] as const,
        fence: 1,
        to: 'accepted' as const,
        patch: patchOf(index),
      }));
      expect(await submissions().change(changes)).toEqual(rows.map(() => true));
      expect(await submissions().change(changes)).toEqual(rows.map(() => false));
      for (const [index, row] of rows.entries())
        expect(await submissions().get(row.id)).toEqual({ ...row, state: 'accepted', ...patchOf(index) });
    });

    it('does nothing for a stale fence', async () => {
      const row = submission({ state: 'sending', fence: 2 });
      await submissions().insert([row]);
      const change = { id: row.id, from: ['sending'], to: 'accepted', patch: { campaignId: campaignId('1') } } as const;
      expect(await submissions().change([{ ...change, fence: 1 }])).toEqual([false]);
      expect(await submissions().get(row.id)).toEqual(row);
      expect(await submissions().change([])).toEqual([]);
    });

    it('refuses a campaign id that the account has already, and writes nothing of that call', async () => {
      const known = submission({ state: 'accepted', campaignId: campaignId('77') });
      const [one, two] = [submission({ state: 'sending' }), submission({ state: 'sending' })] as const;
      const elsewhere = submission({ state: 'sending', account: 'other' });
      await submissions().insert([known, one, two, elsewhere]);
      const accept = (id: typeof one.id, campaign: string) =>
        ({ id, from: ['sending'], to: 'accepted', patch: { campaignId: campaignId(campaign) } }) as const;
      await expect(submissions().change([accept(one.id, '78'), accept(two.id, '77')])).rejects.toThrow(CampaignIdTaken);
      await expect(submissions().change([accept(one.id, '79'), accept(two.id, '79')])).rejects.toThrow(CampaignIdTaken);
      expect(await submissions().byIds([one.id, two.id])).toEqual([one, two]);
      // Campaigns of another account are other campaigns.
      expect(await submissions().change([accept(elsewhere.id, '77')])).toEqual([true]);
    });

    it('lets its own campaign id be written again, and ignores the id of a change without effect', async () => {
      const known = submission({ state: 'in_doubt', campaignId: campaignId('77') });
      const final = submission({ state: 'refused' });
      await submissions().insert([known, final]);
      const patch = { campaignId: campaignId('77') };
      expect(
        await submissions().change([
          { id: known.id, from: ['in_doubt'], to: 'accepted', patch },
          { id: final.id, from: ['sending'], to: 'accepted', patch },
        ]),
      ).toEqual([true, false]);
    });

    it('leaves the surrounding transaction usable after CampaignIdTaken', async () => {
      const known = submission({ state: 'accepted', campaignId: campaignId('77') });
      const repeated = submission({ state: 'sending' });
      await submissions().insert([known, repeated]);
      const row = message();
      await current().ledger.transaction(async (ledger) => {
        await ledger.messages.insertNew([row]);
        const patch = { campaignId: campaignId('77') };
        const change = ledger.submissions.change([{ id: repeated.id, from: ['sending'], to: 'accepted', patch }]);
        await expect(change).rejects.toThrow(CampaignIdTaken);
        await ledger.submissions.change([
          { id: repeated.id, from: ['sending'], to: 'in_doubt', patch: { leadCampaignId: '77' } },
        ]);
      });
      expect(await submissions().get(repeated.id)).toMatchObject({ state: 'in_doubt', leadCampaignId: '77' });
      expect(await current().ledger.messages.get(row.id)).toEqual(row);
    });
  });

  describe('polls', () => {
    const due = (now: number, limit = 10) => submissions().duePolls({ account: ACCOUNT, now, limit });

    it('are due for accepted ones, and for those in doubt that left a trace', async () => {
      const accepted = submission({ state: 'accepted', pollAt: NOW });
      const traced = submission({ state: 'in_doubt', leadCampaignId: '5', pollAt: NOW - 1 });
      const named = submission({ state: 'in_doubt', campaignId: campaignId('6'), pollAt: NOW - 2 });
      await submissions().insert([
        accepted,
        traced,
        named,
        submission({ state: 'in_doubt', pollAt: NOW - 9 }),
        submission({ state: 'accepted', pollAt: null }),
        submission({ state: 'closed', campaignId: campaignId('8'), pollAt: NOW - 9 }),
        submission({ state: 'accepted', pollAt: NOW + 1 }),
        submission({ state: 'accepted', pollAt: NOW - 9, account: 'other' }),
      ]);
      expect(idsOf(await due(NOW))).toEqual([named.id, traced.id, accepted.id]);
      expect(idsOf(await due(NOW, 1))).toEqual([named.id]);
      expect(await submissions().nextPollAt(ACCOUNT)).toBe(NOW - 2);
      expect(await submissions().nextPollAt('nobody')).toBeNull();
    });

    it('are scheduled whatever the state', async () => {
      const rows = range(3).map(() => submission({ state: 'accepted', pollAt: NOW }));
      await submissions().insert(rows);
      const times = [NOW + 5.4, null, NOW + 7];
      await submissions().schedulePolls(
        rows.map(({ id }, index) => ({ id, pollAt: times[index] ?? null, polls: index + 1 })),
      );
      await submissions().schedulePolls([]);
      const after = await submissions().byIds(rows.map(({ id }) => id));
      expect(after.map(({ pollAt, polls }) => [pollAt, polls])).toEqual([
        [NOW + 5, 1],
        [null, 2],
        [NOW + 7, 3],
      ]);
      expect(await submissions().nextPollAt(ACCOUNT)).toBe(NOW + 5);
    });

    it('are brought forward by a hint, never put off, and never revived', async () => {
      const later = submission({ state: 'accepted', campaignId: campaignId('1'), pollAt: NOW + MINUTE });
      const sooner = submission({ state: 'accepted', campaignId: campaignId('2'), pollAt: NOW - 1 });
      const over = submission({ state: 'accepted', campaignId: campaignId('3'), pollAt: null });
      const lead = submission({ state: 'in_doubt', leadCampaignId: '4', pollAt: NOW + MINUTE });
      await submissions().insert([later, sooner, over, lead]);
      expect(await submissions().hintPoll(ACCOUNT, ['1', '2', '3', '4', '5'], NOW)).toBe(2);
      expect(await submissions().hintPoll('other', ['1'], NOW - 9)).toBe(0);
      expect(await submissions().hintPoll(ACCOUNT, [], NOW)).toBe(0);
      const after = await submissions().byIds([later, sooner, over, lead].map(({ id }) => id));
      expect(after.map(({ pollAt }) => pollAt)).toEqual([NOW, NOW - 1, null, NOW]);
    });

    it('are brought forward by a hint to five seconds after the last question at the soonest', async () => {
      const rows = [NOW - 3_000, NOW - 9_000, NOW - 3_000].map((askedAt, index) =>
        submission({
          state: 'accepted',
          campaignId: campaignId(String(index)),
          pollAt: index === 2 ? NOW + 1_000 : NOW + MINUTE,
          askedAt,
        }),
      );
      await submissions().insert(rows);
      expect(await submissions().hintPoll(ACCOUNT, ['0', '1', '2'], NOW)).toBe(2);
      expect(await submissions().hintPoll(ACCOUNT, ['0', '1', '2'], NOW)).toBe(0);
      const ids = rows.map(({ id }) => id);
      expect((await submissions().byIds(ids)).map(({ pollAt }) => pollAt)).toEqual([NOW + 2_000, NOW, NOW + 1_000]);
      await submissions().schedulePolls(ids.map((id) => ({ id, pollAt: NOW + MINUTE, polls: 1, askedAt: NOW + 0.4 })));
      await submissions().schedulePolls(ids.slice(1).map((id) => ({ id, pollAt: NOW + MINUTE, polls: 2 })));
      expect((await submissions().byIds(ids)).map(({ askedAt }) => askedAt)).toEqual([NOW, NOW, NOW]);
      expect(await submissions().hintPoll(ACCOUNT, ['0', '1', '2'], NOW + 1)).toBe(3);
    });
  });
};
