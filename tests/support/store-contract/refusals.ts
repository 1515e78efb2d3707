import { inspect } from 'node:util';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import {
  DatabaseError,
  isDeadlock,
  isTransient,
  isUniqueViolation,
} from '../../../server/src/strapi/stores/database-error';
import type { TestDatabase } from '../knex-ledger';
import type { messageId } from './builders';
import { keyOf, message, range, sendingMessage, submission } from './builders';

const PHONE = '380509998877';
const TEXT = 'Таємний код 4711 для Оксани';

/** Everything that a logger could print of an error. */
const printed = (error: unknown): string =>
  [inspect(error, { depth: Infinity, showHidden: true, getters: true }), String(error), JSON.stringify(error)].join();

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => new Error('Nothing was refused'),
    (error: unknown) => error,
  );

/** What callers learn of a database that refuses, and what they never see. */
export const refusalContract = (
  name: string,
  makeDatabase: () => Promise<TestDatabase>,
  traits: { readonly rowLocks: boolean; readonly checksLength: boolean },
): void => {
  describe(`refusals of ${name}`, () => {
    let database: TestDatabase | null = null;
    const opened = (): TestDatabase => {
      if (!database) throw new Error('The database under test is not ready');
      return database;
    };
    const ledger = () => createKnexLedger(opened().knex);
    const secrets = range(20).map(() => message({ to: PHONE, text: TEXT, alphaname: 'SECRETNAME' }));
    const expectClean = (error: unknown): void => {
      expect(error).toBeInstanceOf(DatabaseError);
      for (const secret of [PHONE, TEXT, 'SECRETNAME', 'Таємний', 'insert into', 'bindings'])
        expect(printed(error)).not.toContain(secret);
      expect(error).not.toHaveProperty('cause');
    };

    beforeAll(async () => {
      database = await makeDatabase();
    });
    beforeEach(() => opened().clear());
    afterAll(() => database?.destroy());

    it('tell a missing table without a value', async () => {
      const lost = createKnexLedger(opened().knex, { tables: { message: 'no_such_table', audit: 'no_such_table' } });
      const entry = { id: 'a', at: 0, who: PHONE, action: TEXT, target: PHONE, detail: TEXT };
      for (const work of [
        lost.messages.insertNew(secrets),
        lost.messages.list({ search: PHONE }, { page: 1, pageSize: 5 }),
        lost.audit.insert(entry),
        lost.transaction((inner) => inner.audit.insert(entry)),
      ])
        expectClean(await errorOf(work));
      const error = await errorOf(lost.audit.insert(entry));
      expect(error).toMatchObject({ operation: 'audit.insert', message: expect.stringContaining('audit.insert') });
      expect(isTransient(error)).toBe(false);
    });

    it('tell a unique key and its name, not the value that collided', async () => {
      const entry = { id: PHONE, at: 0, who: 'w', action: 'a', target: 't', detail: TEXT };
      await ledger().audit.insert(entry);
      const error = await errorOf(ledger().audit.insert(entry));
      expectClean(error);
      expect(isUniqueViolation(error)).toBe(true);
      expect(isTransient(error)).toBe(false);
      expect(error).toMatchObject({ constraint: expect.stringContaining('document_id') });
    });

    it('keep the numbers and texts of a whole refused insert to themselves', async () => {
      await ledger().messages.insertNew(secrets);
      const taken = secrets.map((row, index) => ({ ...row, dedupeKey: keyOf(`other-${index}`) }));
      const error = await errorOf(ledger().messages.insertNew(taken));
      for (const secret of [PHONE, TEXT, 'SECRETNAME']) expect(printed(error)).not.toContain(secret);
      expect(await ledger().messages.countByState()).toEqual({ queued: 20 });
    });

    // SQLite takes a text of any length.
    if (traits.checksLength)
      it('tell a value too long for its column', async () => {
        const long = secrets.map((row) => ({ ...row, dedupeKey: keyOf(`${PHONE}${'x'.repeat(300)}`) }));
        expectClean(await errorOf(ledger().messages.insertNew(long)));
        expect(await ledger().messages.countByState()).toEqual({});
      });

    // SQLite locks the whole database, so nobody waits crosswise.
    if (traits.rowLocks)
      it('tell a deadlock as something to try again', async () => {
        const rows = [sendingMessage(), sendingMessage()] as const;
        await ledger().messages.insertNew([...rows]);
        const pair = [rows, [rows[1], rows[0]]] as const;
        const reached = pair.map(() => {
          let arrive = (): void => undefined;
          const there = new Promise<void>((resolve) => (arrive = resolve));
          return { there, arrive };
        });
        const change = (id: ReturnType<typeof messageId>) => [{ id, from: ['sending'], to: 'accepted' }] as const;
        const results = await Promise.allSettled(
          pair.map(([first, second], index) =>
            createKnexLedger(opened().connect()).transaction(async (inner) => {
              await inner.messages.change(change(first.id));
              reached[index]?.arrive();
              await Promise.all(reached.map(({ there }) => there));
              await inner.messages.change(change(second.id));
            }),
          ),
        );
        const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
        expect(failed).toHaveLength(1);
        expectClean(failed[0]);
        expect(isTransient(failed[0])).toBe(true);
        expect(isDeadlock(failed[0])).toBe(true);
        expect(await ledger().messages.countByState()).toEqual({ accepted: 2 });
      });

    it('of a row missing in another store leave this one working', async () => {
      const row = submission();
      await ledger().submissions.insert([row]);
      expectClean(await errorOf(ledger().submissions.insert([row])));
      expect(await ledger().submissions.get(row.id)).toEqual(row);
    });
  });
};
