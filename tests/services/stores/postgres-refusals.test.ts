import { DatabaseError, isTransient } from '../../../server/src/strapi/stores/database-error';
import { bindLedger, createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import { createPostgresDatabase } from '../../support/knex-ledger';
import { message } from '../../support/store-contract/builders';
import { refusalContract } from '../../support/store-contract/refusals';

refusalContract('PostgreSQL', createPostgresDatabase, { rowLocks: true, checksLength: true });

describe('PostgreSQL', () => {
  it('that ends a connection in a transaction: something to try again, nothing written', async () => {
    const database = await createPostgresDatabase();
    try {
      const ledger = createKnexLedger(database.knex);
      const killer = database.connect();
      const row = message();
      const error: unknown = await ledger
        .transaction(async (inner) => {
          await inner.messages.insertNew([row]);
          await killer.raw(
            'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
          );
          await inner.messages.get(row.id);
        })
        .catch((reason: unknown) => reason);
      expect(isTransient(error)).toBe(true);
      expect(error).toBeInstanceOf(DatabaseError);
      expect(await ledger.messages.get(row.id)).toBeNull();
    } finally {
      await database.destroy();
    }
  });

  it('takes part in a transaction that somebody else opened, in a schema of its own', async () => {
    const database = await createPostgresDatabase();
    try {
      const { knex } = database;
      await knex.raw('create schema shop');
      const { rows }: { rows: { tablename: string }[] } = await knex.raw(
        `select tablename from pg_tables where schemaname = 'public'`,
      );
      for (const { tablename } of rows) await knex.raw('alter table ?? set schema shop', [tablename]);
      const ledger = createKnexLedger(knex, { schema: 'shop' });
      const [kept, undone] = [message(), message()] as const;
      await knex.transaction((transaction) => bindLedger(transaction, { schema: 'shop' }).messages.insertNew([kept]));
      const transaction = await knex.transaction();
      await bindLedger(transaction, { schema: 'shop' }).transaction((inner) => inner.messages.insertNew([undone]));
      await transaction.rollback();
      expect(await ledger.messages.get(kept.id)).toEqual(kept);
      expect(await ledger.messages.get(undone.id)).toBeNull();
      expect(await ledger.messages.change([{ id: kept.id, from: ['queued'], to: 'cancelled' }])).toEqual([true]);
    } finally {
      await database.destroy();
    }
  });
});
