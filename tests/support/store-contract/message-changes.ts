import { MESSAGE_STATES } from '../../../shared/vocabulary';
import { canMove, isFinal } from '../../../server/src/domain/message';
import type { MessageChange } from '../../../server/src/delivery/ports';
import { campaignId, keyOf, message, messageId, MINUTE, NOW, range, sendingMessage, submissionId } from './builders';
import type { Current } from './fixture';

/** Moving messages from state to state. */
export const messageChangeContract = (current: Current): void => {
  const messages = () => current().ledger.messages;

  describe('messages.claim and startSending', () => {
    it('takes queued ones at the expected fence, each for its submission', async () => {
      const [one, two, moved, held] = [
        message(),
        message(),
        message({ fence: 4 }),
        message({ state: 'held' }),
      ] as const;
      await messages().insertNew([one, two, moved, held]);
      const [first, second] = [submissionId(), submissionId()] as const;
      const taken = await messages().claim([
        { id: one.id, fence: 0, submissionId: first },
        { id: two.id, fence: 0, submissionId: second },
        { id: moved.id, fence: 3, submissionId: second },
        { id: held.id, fence: 0, submissionId: second },
        { id: messageId(), fence: 0, submissionId: second },
      ]);
      expect(taken).toBe(2);
      const claimed = { state: 'claimed', fence: 1, attempts: 1 } as const;
      expect(await messages().get(one.id)).toEqual({ ...one, ...claimed, submissionId: first });
      expect(await messages().get(two.id)).toEqual({ ...two, ...claimed, submissionId: second });
      expect(await messages().get(moved.id)).toEqual(moved);
      expect(await messages().get(held.id)).toEqual(held);
    });

    it('takes messages of different fences in one call, and none twice', async () => {
      const rows = range(250).map((index) => message({ fence: index % 2 }));
      await messages().insertNew(rows);
      const assignments = rows.map(({ id, fence }) => ({ id, fence, submissionId: submissionId() }));
      expect(await messages().claim(assignments)).toBe(250);
      expect(await messages().claim(assignments)).toBe(0);
      expect(await messages().claim([])).toBe(0);
      const last = assignments[249];
      expect(await messages().get(last?.id ?? messageId())).toMatchObject({
        submissionId: last?.submissionId,
        fence: 2,
      });
    });

    it('starts exactly the claimed members of the submissions', async () => {
      const mine = submissionId();
      const claimed = message({ state: 'claimed', fence: 1, submissionId: mine });
      const cancelled = message({ state: 'cancelled', submissionId: mine });
      const other = message({ state: 'claimed', submissionId: submissionId() });
      await messages().insertNew([claimed, cancelled, other]);
      const { id, fence, submissionId: within, to, text } = claimed;
      expect(await messages().startSending([mine])).toMatchObject([{ id, fence, submissionId: within, to, text }]);
      expect(await messages().startSending([])).toEqual([]);
      const members = await messages().bySubmissions([mine]);
      expect(members.map(({ state }) => state).sort()).toEqual(['cancelled', 'sending']);
      expect(await messages().get(other.id)).toEqual(other);
    });
  });

  describe('messages.change', () => {
    it('applies each change to its row and leaves absent fields alone', async () => {
      const rows = range(60).map(() => sendingMessage());
      await messages().insertNew(rows);
      const changes = rows.map(({ id }, index): MessageChange => ({
        id,
        from: ['sending'],
        fence: 1,
        to: index % 3 === 0 ? 'in_doubt' : 'accepted',
        ...(index % 3 === 0
          ? { reason: 'answer_lost' as const, detail: 'No answer.' }
          : { campaignId: campaignId(String(1_000 + index)), acceptedAt: NOW + index, reason: null }),
      }));
      expect(await messages().change(changes)).toEqual(rows.map(() => true));
      for (const [index, row] of rows.entries())
        expect(await messages().get(row.id)).toEqual({
          ...row,
          ...(index % 3 === 0
            ? { state: 'in_doubt', reason: 'answer_lost', detail: 'No answer.' }
            : { state: 'accepted', campaignId: String(1_000 + index), acceptedAt: NOW + index }),
        });
    });

    it('can write every field and null', async () => {
      const row = sendingMessage({ gatewayStatus: 'X', statusAt: NOW });
      await messages().insertNew([row]);
      const fields = {
        reason: 'gateway_status',
        detail: 'Слово шлюзу',
        dueAt: NOW + MINUTE,
        expiresAt: NOW + 2 * MINUTE,
        submissionId: null,
        campaignId: null,
        gatewayStatus: null,
        statusAt: null,
        acceptedAt: null,
        finalAt: NOW,
      } as const;
      expect(await messages().change([{ id: row.id, from: ['sending'], to: 'queued', ...fields }])).toEqual([true]);
      expect(await messages().get(row.id)).toEqual({ ...row, state: 'queued', ...fields });
    });

    it('writes numbers into some rows and nulls into others', async () => {
      const rows = range(3).map(() => sendingMessage());
      await messages().insertNew(rows);
      const times = [NOW, null, NOW + 5];
      await messages().change(
        rows.map(({ id }, index) => ({ id, from: ['sending'], to: 'failed', statusAt: times[index] ?? null })),
      );
      const after = await Promise.all(rows.map(({ id }) => messages().get(id)));
      expect(after.map((row) => row?.statusAt)).toEqual(times);
    });

    it('does nothing for another state, another fence or an unknown id', async () => {
      const row = sendingMessage();
      await messages().insertNew([row]);
      const to = 'accepted' as const;
      expect(
        await messages().change([
          { id: row.id, from: ['in_doubt'], to },
          { id: row.id, from: ['sending'], fence: 0, to },
          { id: row.id, from: ['sending'], fence: 2, to },
          { id: row.id, from: [], to },
          { id: messageId(), from: ['sending'], to },
        ]),
      ).toEqual([false, false, false, false, false]);
      expect(await messages().get(row.id)).toEqual(row);
      expect(await messages().change([])).toEqual([]);
    });

    it('follows the table of legal moves for every pair of states', async () => {
      const pairs = MESSAGE_STATES.flatMap((from) =>
        MESSAGE_STATES.map((to) => ({ from, to, row: message({ state: from }) })),
      );
      await messages().insertNew(pairs.map(({ row }) => row));
      const done = await messages().change(pairs.map(({ from, to, row }) => ({ id: row.id, from: [from], to })));
      expect(done).toEqual(pairs.map(({ from, to }) => (from === to ? !isFinal(from) : canMove(from, to))));
      const after = await Promise.all(pairs.map(({ row }) => messages().get(row.id)));
      expect(after.map((row) => row?.state)).toEqual(pairs.map(({ from, to }, index) => (done[index] ? to : from)));
    });

    it('applies two changes of one row one after the other', async () => {
      const row = sendingMessage();
      await messages().insertNew([row]);
      expect(
        await messages().change([
          { id: row.id, from: ['sending'], to: 'accepted' },
          { id: row.id, from: ['sending'], to: 'failed' },
          { id: row.id, from: ['accepted'], to: 'delivered', finalAt: NOW },
        ]),
      ).toEqual([true, false, true]);
      expect(await messages().get(row.id)).toMatchObject({ state: 'delivered', finalAt: NOW });
    });

    it('goes through more rows than one portion', async () => {
      const rows = range(1_100).map(() => sendingMessage());
      await messages().insertNew(rows);
      const done = await messages().change(rows.map(({ id }) => ({ id, from: ['sending'], to: 'accepted' })));
      expect(done.filter(Boolean)).toHaveLength(1_100);
      expect(await messages().countByState()).toEqual({ accepted: 1_100 });
    });
  });

  describe('messages that wait', () => {
    it('fail when their time ran out, the most overdue first', async () => {
      const rows = [
        message({ expiresAt: NOW }),
        message({ expiresAt: NOW - 5, state: 'held' }),
        message({ expiresAt: NOW + 1 }),
        message({ expiresAt: NOW - 9, state: 'claimed' }),
        message({ expiresAt: NOW - 9, state: 'delivered' }),
      ];
      await messages().insertNew(rows);
      expect(await messages().expireWaiting(NOW, 1)).toEqual([rows[1]?.id]);
      expect(await messages().expireWaiting(NOW, 10)).toEqual([rows[0]?.id]);
      expect(await messages().expireWaiting(NOW, 10)).toEqual([]);
      expect(await messages().get(rows[0]?.id ?? messageId())).toMatchObject({
        state: 'failed',
        reason: 'expired_before_sending',
        finalAt: NOW,
      });
    });

    it('move to the account in use when theirs never worked', async () => {
      const orphan = message({ account: '' });
      const held = message({ account: 'old', state: 'held' });
      const gone = message({ account: 'old', state: 'accepted' });
      const foreign = message({ account: 'other' });
      await messages().insertNew([orphan, held, gone, foreign]);
      expect(await messages().adopt({ to: 'new', fromAccounts: ['', 'old', 'new'] })).toBe(2);
      expect(await messages().adopt({ to: 'new', fromAccounts: ['', 'old', 'new'] })).toBe(0);
      expect(await messages().adopt({ to: 'new', fromAccounts: [] })).toBe(0);
      const accounts = await Promise.all([orphan, held, gone, foreign].map(({ id }) => messages().get(id)));
      expect(accounts.map((row) => row?.account)).toEqual(['new', 'new', 'old', 'other']);
    });

    it('of another site are held for a person', async () => {
      const [old, fresh, claimed] = [
        message({ createdAt: NOW - 1 }),
        message(),
        message({ createdAt: NOW - 1, state: 'claimed' }),
      ] as const;
      await messages().insertNew([old, fresh, claimed]);
      expect(await messages().holdWaiting('Скопійована база', NOW)).toBe(2);
      expect(await messages().get(old.id)).toEqual({ ...old, state: 'held', detail: 'Скопійована база' });
      // A sealed one would leave with its request otherwise.
      expect(await messages().get(claimed.id)).toMatchObject({ state: 'held', submissionId: null });
      expect(await messages().countByState()).toEqual({ queued: 1, held: 2 });
    });
  });

  describe('messages.erase', () => {
    it('forgets number and text of final ones that are old, the oldest first; key and counters stay', async () => {
      const final = { state: 'delivered', segmentCount: 3 } as const;
      const rows = [
        message({ ...final, finalAt: NOW - 1 }),
        message({ ...final, finalAt: NOW - 2 }),
        message({ ...final, finalAt: NOW }),
        message({ state: 'in_doubt' }),
      ];
      await messages().insertNew(rows);
      const erase = (limit: number) => messages().erase({ finalBefore: NOW, limit });
      expect([await erase(1), await erase(9), await erase(9)]).toEqual([1, 1, 0]);
      const after = await Promise.all(rows.map(({ id }) => messages().get(id)));
      expect(after).toEqual([{ ...rows[0], to: '', text: '' }, { ...rows[1], to: '', text: '' }, rows[2], rows[3]]);
      const [again] = await messages().insertNew([message({ dedupeKey: rows[0]?.dedupeKey ?? keyOf('none') })]);
      expect(again).toEqual({ id: rows[0]?.id, existed: true });
    });
  });
};
