import { decision, intent, MINUTE, NOW, range } from './builders';
import type { Current } from './fixture';

const PAGE = { page: 1, pageSize: 25 };
const CLAIM = { now: NOW, limit: 10, leaseUntil: NOW + MINUTE };

/** Intents and decisions. */
export const intentContract = (current: Current): void => {
  const intents = () => current().ledger.intents;
  const decisions = () => current().ledger.decisions;

  describe('intents', () => {
    it('carry their snapshots through any charset', async () => {
      const row = intent({
        locale: 'uk',
        before: null,
        after: { name: 'Їжак 🦔\u0000', price: 12.5, tags: ['a'], empty: null, when: '2026-01-01', ok: true },
      });
      await intents().insert([row]);
      await intents().insert([]);
      expect(await intents().claimDue(CLAIM)).toEqual([{ ...row, attempts: 1 }]);
    });

    it('keep what JSON can carry of a value it cannot', async () => {
      await intents().insert([intent({ after: { big: 12n, none: undefined, at: new Date(NOW) } })]);
      const [claimed] = await intents().claimDue(CLAIM);
      expect(claimed?.after).toEqual({ big: '12', at: new Date(NOW).toISOString() });
    });

    it('are claimed once while the lease lasts, the most overdue first', async () => {
      const rows = [
        intent({ dueAt: NOW }),
        intent({ dueAt: NOW - 5 }),
        intent({ dueAt: NOW + 1 }),
        intent({ state: 'decided' }),
      ];
      await intents().insert(rows);
      const claimed = await intents().claimDue({ ...CLAIM, limit: 1 });
      expect(claimed.map(({ id }) => id)).toEqual([rows[1]?.id]);
      expect((await intents().claimDue(CLAIM)).map(({ id }) => id)).toEqual([rows[0]?.id]);
      expect(await intents().claimDue(CLAIM)).toEqual([]);
    });

    it('are claimed again when the lease ended, with the attempts counted', async () => {
      const row = intent();
      await intents().insert([row]);
      await intents().claimDue(CLAIM);
      expect(await intents().claimDue({ ...CLAIM, now: NOW + MINUTE - 1 })).toEqual([]);
      const again = await intents().claimDue({ ...CLAIM, now: NOW + MINUTE, leaseUntil: NOW + 2 * MINUTE });
      expect(again).toEqual([{ ...row, attempts: 2 }]);
    });

    it('are finished once', async () => {
      const row = intent();
      await intents().insert([row]);
      await intents().claimDue(CLAIM);
      expect(await intents().finish(row.id, 'decided', null)).toBe(true);
      expect(await intents().finish(row.id, 'broken', 'Другий')).toBe(false);
      expect(await intents().finish('unknown', 'broken', null)).toBe(false);
      expect(await intents().claimDue({ ...CLAIM, now: NOW + 9 * MINUTE })).toEqual([]);
    });

    it('wait again when they are postponed', async () => {
      const row = intent();
      await intents().insert([row]);
      await intents().claimDue(CLAIM);
      await intents().postpone(row.id, NOW + 5.2);
      expect(await intents().nextDueAt()).toBe(NOW + 5);
      expect(await intents().claimDue({ ...CLAIM, now: NOW + 4 })).toEqual([]);
      expect(await intents().claimDue({ ...CLAIM, now: NOW + 5 })).toHaveLength(1);
      await intents().finish(row.id, 'decided', null);
      await intents().postpone(row.id, NOW);
      expect(await intents().nextDueAt()).toBeNull();
    });

    it('lose their leases at the boot of the only process', async () => {
      await intents().insert(range(3).map(() => intent()));
      await intents().claimDue(CLAIM);
      await intents().releaseAll();
      expect(await intents().claimDue(CLAIM)).toHaveLength(3);
    });

    it('lose leases that end unbelievably late, and only those', async () => {
      await intents().insert([intent(), intent()]);
      const [near] = await intents().claimDue({ ...CLAIM, limit: 1 });
      const [far] = await intents().claimDue({ ...CLAIM, limit: 1, leaseUntil: NOW + 60 * MINUTE });
      await intents().releaseAll(NOW + 10 * MINUTE);
      expect((await intents().claimDue(CLAIM)).map(({ id }) => id)).toEqual([far?.id]);
      expect(near?.id).not.toBe(far?.id);
    });

    it('of another site are set aside before anybody is texted', async () => {
      const [old, leased, fresh] = [
        intent({ createdAt: NOW - 2 }),
        intent({ createdAt: NOW - 1, dueAt: NOW - MINUTE }),
        intent({ createdAt: NOW }),
      ] as const;
      await intents().insert([old, leased, fresh]);
      await intents().claimDue({ ...CLAIM, limit: 1 });
      expect(await intents().breakPending('Скопійована база', NOW)).toBe(2);
      expect(await intents().breakPending('Скопійована база', NOW)).toBe(0);
      expect((await intents().claimDue({ ...CLAIM, now: NOW + 9 * MINUTE })).map(({ id }) => id)).toEqual([fresh.id]);
    });

    it('lose their snapshots when they are old and nobody needs them, each once', async () => {
      const [deleted, pending, young] = [
        intent({ after: null, dueAt: NOW - 2 }),
        intent({ dueAt: NOW - 2 }),
        intent({ dueAt: NOW }),
      ] as const;
      await intents().insert([deleted, pending, young]);
      await intents().finish(deleted.id, 'decided', null);
      await intents().finish(young.id, 'decided', null);
      expect(await intents().erase({ before: NOW, limit: 5 })).toBe(1);
      expect(await intents().erase({ before: NOW, limit: 5 })).toBe(0);
      expect(await intents().erase({ before: NOW + 1, limit: 5 })).toBe(1);
      expect(await intents().claimDue(CLAIM)).toEqual([{ ...pending, attempts: 1 }]);
    });

    it('tell when the next claim may find something', async () => {
      expect(await intents().nextDueAt()).toBeNull();
      const [soon, later] = [intent({ dueAt: NOW - MINUTE }), intent({ dueAt: NOW + 3 * MINUTE })] as const;
      await intents().insert([later, soon]);
      expect(await intents().nextDueAt()).toBe(NOW - MINUTE);
      await intents().claimDue(CLAIM);
      expect(await intents().nextDueAt()).toBe(NOW + MINUTE);
      await intents().finish(soon.id, 'decided', null);
      expect(await intents().nextDueAt()).toBe(NOW + 3 * MINUTE);
    });
  });

  describe('decisions', () => {
    it('are stored once per intent and rule', async () => {
      const row = decision({ outcome: 'skipped', reason: 'condition_false', detail: 'Стан не «сплачено»' });
      const other = decision({ intentId: row.intentId, ruleKey: 'second', createdAt: NOW - 1 });
      await decisions().insertNew([row, other]);
      await decisions().insertNew([decision({ intentId: row.intentId, outcome: 'fired' })]);
      await decisions().insertNew([]);
      expect(await decisions().list({}, PAGE)).toEqual({ results: [row, other], total: 2 });
    });

    it('leave the transaction usable after a repeat', async () => {
      const row = decision();
      await decisions().insertNew([row]);
      const later = decision();
      await current().ledger.transaction(async (ledger) => {
        await ledger.decisions.insertNew([decision({ intentId: row.intentId }), later]);
        await ledger.intents.insert([intent()]);
      });
      expect((await decisions().list({}, PAGE)).total).toBe(2);
    });

    it('are found by outcome and document', async () => {
      const rows = [
        decision({ outcome: 'skipped', documentId: 'a', createdAt: NOW }),
        decision({ outcome: 'fired', documentId: 'a', createdAt: NOW + 1 }),
        decision({ outcome: 'fired', documentId: 'b', createdAt: NOW + 2 }),
      ];
      await decisions().insertNew(rows);
      expect((await decisions().list({ outcome: 'fired' }, PAGE)).results).toEqual([rows[2], rows[1]]);
      expect((await decisions().list({ documentId: 'a' }, PAGE)).results).toEqual([rows[1], rows[0]]);
      expect(await decisions().list({ outcome: 'skipped', documentId: 'b' }, PAGE)).toEqual({ results: [], total: 0 });
    });

    it('remember whether a rule decided about an entry in an earlier intent', async () => {
      const [early, late] = [intent(), intent()] as const;
      await decisions().insertNew([decision({ intentId: early.id, ruleKey: 'r', documentId: 'd' })]);
      expect(await decisions().existsBefore('r', 'd', late.id)).toBe(true);
      expect(await decisions().existsBefore('r', 'd', early.id)).toBe(false);
      expect(await decisions().existsBefore('r', 'x', late.id)).toBe(false);
      expect(await decisions().existsBefore('x', 'd', late.id)).toBe(false);
    });
  });
};
