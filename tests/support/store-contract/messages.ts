import { batch, keyOf, message, messageId, MINUTE, NOW, range, submissionId } from './builders';
import type { Current } from './fixture';

const PAGE = { page: 1, pageSize: 25 };

/** Inserting and finding messages. */
export const messageContract = (current: Current): void => {
  const messages = () => current().ledger.messages;

  describe('messages.insertNew', () => {
    it('stores every field and gives it back', async () => {
      const full = message({
        ruleKey: 'order-paid',
        intentId: 'intent-1',
        batchId: batch().id,
        createdBy: 'Оксана',
        reason: 'refused_phone',
        detail: 'The gateway refused this number.',
        submissionId: submissionId(),
        gatewayStatus: 'UNDELIV',
        statusAt: NOW + 1,
        acceptedAt: NOW + 2,
        finalAt: NOW + 3,
        attempts: 2,
        fence: 3,
        state: 'failed',
      });
      const bare = message({
        ruleKey: null,
        uid: null,
        documentId: null,
        alphaname: null,
        encoding: null,
        account: '',
        state: 'held',
      });
      await messages().insertNew([full, bare]);
      expect(await messages().get(full.id)).toEqual(full);
      expect(await messages().get(bare.id)).toEqual(bare);
      expect(await messages().get(messageId())).toBeNull();
    });

    it('keeps Ukrainian letters, emoji, quotes and line ends exactly', async () => {
      const text = `Ґанок їжака: €5 «знижка» 'a' "b" \\ % _ \r\n\t😀👩‍👩‍👧 ₴`;
      const row = message({ text, createdBy: 'Їжак 🦔' });
      await messages().insertNew([row]);
      expect(await messages().get(row.id)).toMatchObject({ text, createdBy: 'Їжак 🦔' });
    });

    it('stores a text that no database or XML could carry, marked, instead of failing the others', async () => {
      const odd = message({ text: 'a\u0000b', to: `${'x'.repeat(300)}\u0000`, state: 'rejected' });
      const good = message();
      const result = await messages().insertNew([odd, good]);
      expect(result.map(({ existed }) => existed)).toEqual([false, false]);
      expect(await messages().get(odd.id)).toMatchObject({ text: 'a\uFFFDb', to: 'x'.repeat(255) });
    });

    it('rounds times to whole milliseconds', async () => {
      const row = message({ dueAt: NOW + 0.4, expiresAt: NOW + 9.5 });
      await messages().insertNew([row]);
      expect(await messages().get(row.id)).toMatchObject({ dueAt: NOW, expiresAt: NOW + 10 });
    });

    it('answers in order and names the holder of a known key', async () => {
      const first = message({ dedupeKey: keyOf('same') });
      await messages().insertNew([first]);
      const again = message({ dedupeKey: keyOf('same') });
      const fresh = message();
      expect(await messages().insertNew([fresh, again])).toEqual([
        { id: fresh.id, existed: false },
        { id: first.id, existed: true },
      ]);
      expect(await messages().get(again.id)).toBeNull();
    });

    it('inserts a key once when it occurs twice in one call', async () => {
      const one = message({ dedupeKey: keyOf('twice') });
      const two = message({ dedupeKey: keyOf('twice') });
      expect(await messages().insertNew([one, two, one])).toEqual([
        { id: one.id, existed: false },
        { id: one.id, existed: true },
        { id: one.id, existed: true },
      ]);
      expect((await messages().list({}, PAGE)).total).toBe(1);
    });

    it('knows a message again that is inserted a second time', async () => {
      const row = message();
      await messages().insertNew([row]);
      expect(await messages().insertNew([row])).toEqual([{ id: row.id, existed: true }]);
    });

    it('refuses an id that another message holds', async () => {
      const row = message();
      await messages().insertNew([row]);
      await expect(messages().insertNew([message({ id: row.id, dedupeKey: keyOf('other') })])).rejects.toThrow();
    });

    it('takes none and more than one portion of rows', async () => {
      expect(await messages().insertNew([])).toEqual([]);
      const many = range(1_203).map(() => message());
      const inserted = await messages().insertNew(many);
      expect(inserted).toEqual(many.map(({ id }) => ({ id, existed: false })));
      expect((await messages().list({}, PAGE)).total).toBe(1_203);
    });

    it('leaves the transaction usable after a conflict', async () => {
      const first = message({ dedupeKey: keyOf('known') });
      await messages().insertNew([first]);
      const later = message();
      await current().ledger.transaction(async (ledger) => {
        const [known] = await ledger.messages.insertNew([message({ dedupeKey: keyOf('known') })]);
        expect(known).toEqual({ id: first.id, existed: true });
        await ledger.messages.insertNew([later]);
      });
      expect(await messages().get(later.id)).not.toBeNull();
    });
  });

  describe('messages.list', () => {
    it('shows the newest first, page by page, with the total', async () => {
      const rows = range(5).map((index) => message({ createdAt: NOW + index }));
      const sameMoment = message({ createdAt: NOW + 4 });
      await messages().insertNew([...rows, sameMoment]);
      const first = await messages().list({}, { page: 1, pageSize: 4 });
      const second = await messages().list({}, { page: 2, pageSize: 4 });
      expect(first.total).toBe(6);
      expect([...first.results, ...second.results].map(({ id }) => id)).toEqual(
        [sameMoment, ...[...rows].reverse()].map(({ id }) => id),
      );
      expect((await messages().list({}, { page: 3, pageSize: 4 })).results).toEqual([]);
    });

    it('filters by state, origin, document and batch', async () => {
      const wanted = message({ state: 'failed', origin: 'panel', documentId: 'doc', batchId: 'batch' });
      await messages().insertNew([wanted, message(), message({ state: 'failed' }), message({ batchId: 'batch' })]);
      const filter = { state: 'failed', origin: 'panel', documentId: 'doc', batchId: 'batch' } as const;
      expect((await messages().list(filter, PAGE)).results).toEqual([wanted]);
      expect((await messages().list({ state: 'failed' }, PAGE)).total).toBe(2);
      expect((await messages().list({ batchId: 'batch' }, PAGE)).total).toBe(2);
    });

    it('searches a part of a number, and exact ids', async () => {
      const wanted = message({ to: '380671112233', documentId: 'doc-9' });
      await messages().insertNew([wanted, message()]);
      const found = async (search: string) => (await messages().list({ search }, PAGE)).results.map(({ id }) => id);
      expect(await found('67111')).toEqual([wanted.id]);
      expect(await found('+38 (067) 111-22-33')).toEqual([wanted.id]);
      expect(await found(wanted.id)).toEqual([wanted.id]);
      expect(await found('doc-9')).toEqual([wanted.id]);
      expect(await found('doc-%')).toEqual([]);
      expect(await found('67%33')).toEqual([]);
      expect((await messages().list({ search: '  ' }, PAGE)).total).toBe(2);
    });

    it('counts by state', async () => {
      await messages().insertNew([message(), message(), message({ state: 'in_doubt' })]);
      expect(await messages().countByState()).toEqual({ queued: 2, in_doubt: 1 });
    });
  });

  describe('messages.dueForPlan', () => {
    const due = (options: object = {}) =>
      messages().dueForPlan({
        account: message().account,
        lane: 'service',
        now: NOW,
        limit: 10,
        window: 10,
        exceptAlphanames: [],
        batchId: null,
        ...options,
      });

    it('takes due ones of the account and lane, longest waiting first, then oldest', async () => {
      const late = message({ dueAt: NOW - 5 });
      const old = message({ dueAt: NOW - 9 });
      const twin = message({ dueAt: NOW - 5 });
      const others = [
        message({ dueAt: NOW + 1 }),
        message({ account: 'other' }),
        message({ lane: 'bulk' }),
        message({ state: 'held' }),
        message({ state: 'claimed' }),
        message({ expiresAt: NOW }),
      ];
      await messages().insertNew([late, old, twin, ...others]);
      const found = await due();
      expect(found.map(({ id }) => id)).toEqual([old.id, late.id, twin.id]);
      expect(old).toMatchObject(found[0] ?? {});
      expect((await due({ limit: 1, window: 1 })).map(({ id }) => id)).toEqual([old.id]);
      expect(await due({ limit: 0, window: 0 })).toEqual([]);
    });

    it('leaves out paused sender names, not messages without one', async () => {
      const nameless = message({ alphaname: null });
      await messages().insertNew([message({ alphaname: 'BAD' }), nameless]);
      expect(await due({ exceptAlphanames: ['BAD', 'WORSE'] })).toMatchObject([{ id: nameless.id }]);
    });

    it('looks at a wider window and takes neighbours from anywhere in it', async () => {
      const rows = range(20).map((index) => message({ dueAt: NOW - 100 + index }));
      await messages().insertNew(rows);
      const taken = async (random: number) => {
        const ledger = current().withRandom(() => random);
        const options = {
          account: message().account,
          lane: 'service',
          now: NOW,
          exceptAlphanames: [],
          batchId: null,
        } as const;
        const found = await ledger.messages.dueForPlan({ ...options, limit: 3, window: 12 });
        return found.map(({ id }) => rows.findIndex((row) => row.id === id));
      };
      expect(await taken(0)).toEqual([0, 1, 2]);
      expect(await taken(0.5)).toEqual([5, 6, 7]);
      expect(await taken(0.999)).toEqual([9, 10, 11]);
    });

    it('looks into one batch, or at those of none', async () => {
      const own = message({ batchId: 'b' });
      const loose = message();
      await messages().insertNew([message({ batchId: 'a' }), own, loose]);
      expect((await due({ batchId: 'b' })).map(({ id }) => id)).toEqual([own.id]);
      expect((await due({ batchId: null })).map(({ id }) => id)).toEqual([loose.id]);
      expect(await due({ batchId: 'c' })).toEqual([]);
      expect((await due({ batchId: 'b', limit: 1, window: 8 })).map(({ id }) => id)).toEqual([own.id]);
    });
  });

  describe('messages.dueBatches', () => {
    const batches = async (options: object = {}) =>
      (
        await messages().dueBatches({
          account: message().account,
          now: NOW,
          limit: 10,
          exceptAlphanames: [],
          ...options,
        })
      ).map(({ batchId }) => batchId);
    const queued = (batchId: string | null, dueAt: number, fields: object = {}) =>
      message({ lane: 'bulk', batchId, dueAt, ...fields });

    it('names each batch with due messages once, the longest waiting first, and those of none', async () => {
      await messages().insertNew([
        ...range(30).map((index) => queued('a', NOW - 10 + index)),
        ...range(3).map(() => queued('c', NOW - 20)),
        queued('b', NOW - 5),
        queued(null, NOW - 7),
        queued(null, NOW - 6),
        queued('later', NOW + 1),
        queued('done', NOW - 9, { state: 'accepted' }),
        queued('foreign', NOW - 9, { account: 'other' }),
        queued('service', NOW - 9, { lane: 'service' }),
      ]);
      expect(await batches()).toEqual(['c', 'a', null, 'b']);
      expect(await messages().dueBatches({ account: 'other', now: NOW, limit: 1, exceptAlphanames: [] })).toEqual([
        { batchId: 'foreign', alphaname: 'SHOP', dueAt: NOW - 9 },
      ]);
      expect(await batches({ account: 'nobody' })).toEqual([]);
    });

    it('passes over those that are not due or whose sender name pauses, however many', async () => {
      await messages().insertNew([
        ...range(60).map((index) => queued(`a${index}`, NOW + MINUTE)),
        ...range(60).map((index) => queued(`b${index}`, NOW, { alphaname: 'BAD' })),
        queued('c', NOW),
        queued('d', NOW, { alphaname: null }),
      ]);
      expect((await batches({ limit: 2, exceptAlphanames: ['BAD'] })).sort()).toEqual(['c', 'd']);
      expect(await batches({ limit: 3 })).toHaveLength(3);
    });
  });

  it('messages.segmentsOnTheWay sums what is claimed or being sent for an account', async () => {
    const account = message().account;
    expect(await messages().segmentsOnTheWay(account)).toBe(0);
    await messages().insertNew([
      message({ state: 'claimed', segmentCount: 3 }),
      message({ state: 'sending', segmentCount: 2, lane: 'bulk' }),
      message({ state: 'queued', segmentCount: 9 }),
      message({ state: 'accepted', segmentCount: 9 }),
      message({ state: 'claimed', segmentCount: 9, account: 'other' }),
    ]);
    expect(await messages().segmentsOnTheWay(account)).toBe(5);
  });
};
