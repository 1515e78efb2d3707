import { ACCOUNT, batch, decision, intent, message, messageId, MINUTE, NOW, pause, submission } from './builders';
import type { Current } from './fixture';

class Stop extends Error {}

/** All or nothing. */
export const transactionContract = (current: Current): void => {
  const ledger = () => current().ledger;

  describe('a transaction', () => {
    it('commits everything and gives back the result of its work', async () => {
      const row = message();
      const result = await ledger().transaction(async (inner) => {
        await inner.messages.insertNew([row]);
        expect(await inner.messages.get(row.id)).toEqual(row);
        return 'done';
      });
      expect(result).toBe('done');
      expect(await ledger().messages.get(row.id)).toEqual(row);
    });

    it('undoes the writes of every store and passes the error on as it is', async () => {
      const kept = message();
      const sealed = submission();
      await ledger().messages.insertNew([kept]);
      await ledger().submissions.insert([sealed]);
      await ledger().accounts.ensure({ key: ACCOUNT, endpoint: 'e' }, NOW);
      const stop = new Stop('no');
      const work = ledger().transaction(async (inner) => {
        const row = batch();
        await inner.messages.insertNew([message()]);
        await inner.messages.claim([{ id: kept.id, fence: 0, submissionId: sealed.id }]);
        await inner.submissions.startSending([sealed.id], { owner: 'me', now: NOW, leaseUntil: NOW });
        await inner.intents.insert([intent()]);
        await inner.decisions.insertNew([decision()]);
        await inner.pauses.put(pause());
        await inner.batches.insertNew(row);
        await inner.audit.insert({ id: 'a1', at: NOW, who: 'w', action: 'a', target: 't', detail: null });
        await inner.settings.put('k', 'v');
        await inner.leases.take('l', 'me', NOW, NOW + MINUTE);
        await inner.accounts.markVerified(ACCOUNT, NOW);
        await inner.accounts.takeTokens(ACCOUNT, 1, { perSecond: 1, burst: 1, now: NOW });
        throw stop;
      });
      await expect(work).rejects.toBe(stop);
      expect(await ledger().messages.get(kept.id)).toEqual(kept);
      expect(await ledger().messages.countByState()).toEqual({ queued: 1 });
      expect(await ledger().submissions.get(sealed.id)).toEqual(sealed);
      expect(await ledger().intents.nextDueAt()).toBeNull();
      expect((await ledger().decisions.list({}, { page: 1, pageSize: 1 })).total).toBe(0);
      expect(await ledger().pauses.list(ACCOUNT)).toEqual([]);
      expect(await ledger().audit.byTarget('t')).toEqual([]);
      expect(await ledger().settings.get('k')).toBeNull();
      expect(await ledger().leases.take('l', 'you', NOW, NOW + 1)).toBe(true);
      expect(await ledger().accounts.neverVerified()).toEqual([ACCOUNT]);
      expect(await ledger().accounts.takeTokens(ACCOUNT, 1, { perSecond: 1, burst: 1, now: NOW })).toBe(1);
    });

    it('inside a transaction joins it: the outer one decides', async () => {
      const [inner, outer] = [message(), message()] as const;
      const work = ledger().transaction(async (one) => {
        await one.transaction((two) => two.messages.insertNew([inner]));
        await one.messages.insertNew([outer]);
        throw new Stop();
      });
      await expect(work).rejects.toThrow(Stop);
      expect(await ledger().messages.get(inner.id)).toBeNull();
      expect(await ledger().messages.get(outer.id)).toBeNull();
    });

    it('shows its rows to nobody before it ends', async () => {
      const row = message();
      let letGo = (): void => undefined;
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      const work = ledger().transaction(async (inner) => {
        await inner.messages.insertNew([row]);
        await gate;
        throw new Stop();
      });
      const seen = ledger().messages.get(row.id);
      letGo();
      await expect(work).rejects.toThrow(Stop);
      expect(await seen).toBeNull();
    });

    it('does not let a failing one disturb those that wait for it', async () => {
      const rows = [message(), message(), message()];
      const results = await Promise.allSettled(
        rows.map((row, index) =>
          ledger().transaction(async (inner) => {
            await inner.messages.insertNew([row]);
            if (index === 1) throw new Stop();
          }),
        ),
      );
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await ledger().messages.get(rows[1]?.id ?? messageId())).toBeNull();
      expect(await ledger().messages.countByState()).toEqual({ queued: 2 });
    });
  });
};
