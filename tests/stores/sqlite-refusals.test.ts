import { DatabaseError, isTransient } from '../../server/src/strapi/stores/database-error';
import { createKnexLedger } from '../../server/src/strapi/stores/ledger';
import { createSqliteDatabase } from '../support/knex-ledger';
import { message } from '../support/store-contract/builders';
import { refusalContract } from '../support/store-contract/refusals';

refusalContract('SQLite', createSqliteDatabase, { rowLocks: false, checksLength: false });

describe('a SQLite file that another process writes', () => {
  it('is busy: something to try again', async () => {
    const database = await createSqliteDatabase();
    try {
      const writer = database.connect();
      await database.knex.raw('pragma busy_timeout = 0');
      await writer.raw('begin immediate');
      const refused = createKnexLedger(database.knex).messages.insertNew([message()]);
      const error: unknown = await refused.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DatabaseError);
      expect(error).toMatchObject({ code: 'SQLITE_BUSY', operation: 'messages.insertNew' });
      expect(isTransient(error)).toBe(true);
      await writer.raw('rollback');
      expect(await createKnexLedger(database.knex).messages.insertNew([message()])).toHaveLength(1);
    } finally {
      await database.destroy();
    }
  });
});
