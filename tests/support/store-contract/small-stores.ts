import { v7 } from 'uuid';
import { ACCOUNT, batch, MINUTE, NOW, pause } from './builders';
import type { Current } from './fixture';

/** Pauses, accounts, batches, audit, settings, leases. */
export const smallStoresContract = (current: Current): void => {
  const ledger = () => current().ledger;

  describe('pauses', () => {
    it('keep their beginning when they are put again', async () => {
      const first = pause();
      await ledger().pauses.put(first);
      await ledger().pauses.put({ ...first, since: NOW + 9, detail: 'Досі порожньо', probeAt: NOW + 5.4, tries: 1 });
      expect(await ledger().pauses.list(ACCOUNT)).toEqual([
        { ...first, detail: 'Досі порожньо', probeAt: NOW + 5, tries: 1 },
      ]);
    });

    it('of an account and of its sender names are different ones', async () => {
      const whole = pause({ since: NOW + 1 });
      const named = pause({ alphaname: 'SHOP', reason: 'alphaname_refused', probeAt: null, detail: null });
      await ledger().pauses.put(whole);
      await ledger().pauses.put(named);
      await ledger().pauses.put(pause({ account: 'other' }));
      expect(await ledger().pauses.list(ACCOUNT)).toEqual([named, whole]);
      expect(await ledger().pauses.list('nobody')).toEqual([]);
    });

    it('end for reasons, everywhere or for one sender name', async () => {
      const { pauses } = ledger();
      await pauses.put(pause());
      await pauses.put(pause({ alphaname: 'A' }));
      await pauses.put(pause({ alphaname: 'B' }));
      await pauses.put(pause({ reason: 'by_person' }));
      expect(await pauses.clear(ACCOUNT, ['no_funds'], 'A')).toBe(1);
      expect(await pauses.clear(ACCOUNT, ['no_funds'], null)).toBe(1);
      expect(await pauses.clear(ACCOUNT, ['no_funds', 'wrong_credentials'])).toBe(1);
      expect(await pauses.clear(ACCOUNT, ['no_funds'])).toBe(0);
      expect(await pauses.clear(ACCOUNT, [])).toBe(0);
      expect((await pauses.list(ACCOUNT)).map(({ reason }) => reason)).toEqual(['by_person']);
    });

    it('are probed by one caller, even when the next time is the same', async () => {
      const { pauses } = ledger();
      const row = pause();
      await pauses.put(row);
      expect(await pauses.takeProbe(row, row.probeAt)).toBe(true);
      expect(await pauses.takeProbe(row, row.probeAt)).toBe(false);
      const [after] = await pauses.list(ACCOUNT);
      expect(after).toEqual({ ...row, tries: 1 });
      expect(await pauses.takeProbe(after ?? row, null)).toBe(true);
      expect(await pauses.list(ACCOUNT)).toEqual([{ ...row, probeAt: null, tries: 2 }]);
      expect(await pauses.takeProbe(pause({ reason: 'by_person' }), NOW)).toBe(false);
    });
  });

  describe('pauses that are over', () => {
    it('hold no more, are remembered, and are forgotten', async () => {
      const { pauses } = ledger();
      const row = pause();
      await pauses.put(row);
      await pauses.put(pause({ alphaname: 'SHOP' }));
      expect(await pauses.healed(ACCOUNT)).toEqual([]);
      expect(await pauses.heal(row, NOW + 5.4)).toBe(true);
      expect((await pauses.list(ACCOUNT)).map(({ alphaname }) => alphaname)).toEqual(['SHOP']);
      const [healed] = await pauses.healed(ACCOUNT);
      expect(healed).toEqual({ ...row, healedAt: NOW + 5 });
      expect(await pauses.healed('other')).toEqual([]);
      const known = await pauses.remembered([ACCOUNT, 'other']);
      expect(known.map((pause) => [pause.alphaname, 'healedAt' in pause])).toEqual(
        expect.arrayContaining([
          ['SHOP', false],
          [row.alphaname, true],
        ]),
      );
      expect(await pauses.remembered(['other'])).toEqual([]);
      expect(await pauses.heal(row, NOW + 9)).toBe(false);
      expect(await pauses.takeProbe(row, NOW + 9)).toBe(false);
      await pauses.forget({ ...row, healedAt: NOW + 4 });
      expect(await pauses.healed(ACCOUNT)).toHaveLength(1);
      await pauses.forget({ ...row, healedAt: NOW + 5 });
      expect(await pauses.healed(ACCOUNT)).toEqual([]);
      expect(await pauses.list(ACCOUNT)).toHaveLength(1);
    });

    it('do not end when somebody has put or probed them since', async () => {
      const { pauses } = ledger();
      const row = pause();
      await pauses.put(row);
      await pauses.takeProbe(row, NOW + 2 * MINUTE);
      expect(await pauses.heal(row, NOW)).toBe(false);
      expect(await pauses.heal({ ...row, probeAt: NOW + 2 * MINUTE, tries: 1 }, NOW)).toBe(true);
    });

    it('come back', async () => {
      const { pauses } = ledger();
      const row = pause({ probeAt: null });
      await pauses.put(row);
      await pauses.heal(row, NOW + 5);
      await pauses.put({ ...row, tries: 3 });
      expect(await pauses.list(ACCOUNT)).toEqual([{ ...row, tries: 3 }]);
      expect(await pauses.healed(ACCOUNT)).toEqual([]);
      await pauses.forget({ ...row, healedAt: NOW + 5 });
      expect(await pauses.list(ACCOUNT)).toHaveLength(1);
    });
  });

  describe('accounts', () => {
    it('are remembered with the first time they worked', async () => {
      const { accounts } = ledger();
      const row = { key: 'k1', endpoint: 'https://gateway.example/api.php' };
      expect(await accounts.ensure(row, NOW)).toEqual({ ...row, verifiedAt: null });
      await accounts.ensure({ ...row, key: 'k2' }, NOW);
      expect(await accounts.neverVerified()).toEqual(['k1', 'k2']);
      await accounts.markVerified('k1', NOW + 1);
      await accounts.markVerified('k1', NOW + 2);
      expect(await accounts.ensure(row, NOW + 3)).toEqual({ ...row, verifiedAt: NOW + 1 });
      expect(await accounts.neverVerified()).toEqual(['k2']);
    });

    it('hand out tokens up to the burst, refilled by time', async () => {
      const { accounts } = ledger();
      await accounts.ensure({ key: 'k', endpoint: 'e' }, NOW);
      const take = (wanted: number, now: number) => accounts.takeTokens('k', wanted, { perSecond: 2.5, burst: 5, now });
      expect(await take(3, NOW)).toBe(3);
      expect(await take(9, NOW)).toBe(2);
      expect(await take(1, NOW + 399)).toBe(0);
      expect(await take(1, NOW + 400)).toBe(1);
      expect(await take(9, NOW + 1_200)).toBe(2);
      // A clock that is behind neither refills nor takes away.
      expect(await take(1, NOW)).toBe(0);
      expect(await take(9, NOW + 60 * MINUTE)).toBe(5);
      expect(await take(0, NOW + 61 * MINUTE)).toBe(0);
    });

    it('need to be known before they hand out tokens', async () => {
      const take = ledger().accounts.takeTokens('unknown', 1, { perSecond: 1, burst: 1, now: NOW });
      await expect(take).rejects.toThrow('ensure');
    });
  });

  describe('batches', () => {
    it('are stored once per key', async () => {
      const { batches } = ledger();
      const row = batch();
      expect(await batches.insertNew(row)).toEqual({ id: row.id, existed: false });
      expect(await batches.insertNew(batch({ dedupeKey: row.dedupeKey }))).toEqual({ id: row.id, existed: true });
      expect(await batches.insertNew(row)).toEqual({ id: row.id, existed: true });
      expect(await batches.get(row.id)).toEqual(row);
      expect(await batches.get('unknown')).toBeNull();
      const bare = batch({ name: null, createdBy: null, kind: 'individual' });
      await batches.insertNew(bare);
      expect(await batches.get(bare.id)).toEqual(bare);
    });
  });

  describe('audit', () => {
    it('tells who decided what about a target, in order', async () => {
      const entry = { id: v7(), at: NOW, who: 'Оксана', action: 'close', target: 'm1', detail: null };
      const later = { ...entry, id: v7(), at: NOW + 1, action: 'reopen', detail: 'Помилково' };
      await ledger().audit.insert(entry);
      await ledger().audit.insert(later);
      await ledger().audit.insert({ ...entry, id: v7(), target: 'm2' });
      expect(await ledger().audit.byTarget('m1')).toEqual([entry, later]);
      expect(await ledger().audit.byTarget('m9')).toEqual([]);
    });
  });

  describe('settings', () => {
    it('keep the first value when asked to ensure one, the last when put', async () => {
      const { settings } = ledger();
      expect(await settings.get('site')).toBeNull();
      expect(await settings.ensure('site', 'перший')).toBe('перший');
      expect(await settings.ensure('site', 'другий')).toBe('перший');
      await settings.put('site', 'третій');
      expect(await settings.get('site')).toBe('третій');
      await settings.put('fresh', '');
      expect(await settings.get('fresh')).toBe('');
    });
  });

  describe('leases', () => {
    it('belong to one holder until they end or are released', async () => {
      const { leases } = ledger();
      expect(await leases.take('sweep', 'a', NOW, NOW + MINUTE)).toBe(true);
      expect(await leases.take('sweep', 'b', NOW, NOW + MINUTE)).toBe(false);
      expect(await leases.take('other', 'b', NOW, NOW + MINUTE)).toBe(true);
      expect(await leases.take('sweep', 'a', NOW + 1, NOW + 2 * MINUTE)).toBe(true);
      expect(await leases.take('sweep', 'b', NOW + MINUTE, NOW + 3 * MINUTE)).toBe(false);
      expect(await leases.take('sweep', 'b', NOW + 2 * MINUTE, NOW + 3 * MINUTE)).toBe(true);
      await leases.release('sweep', 'a');
      expect(await leases.take('sweep', 'a', NOW + 2 * MINUTE, NOW + 3 * MINUTE)).toBe(false);
      await leases.release('sweep', 'b');
      expect(await leases.take('sweep', 'a', NOW + 2 * MINUTE, NOW + 3 * MINUTE)).toBe(true);
    });

    it('taken under a clock that was far ahead stop nobody', async () => {
      const { leases } = ledger();
      await leases.take('sweep', 'a', NOW + 60 * MINUTE, NOW + 61 * MINUTE);
      expect(await leases.take('sweep', 'b', NOW, NOW + MINUTE)).toBe(true);
    });
  });
};
