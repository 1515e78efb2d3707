import { bindLedger, createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import { createMysqlDatabase } from '../../support/knex-ledger';
import { keyOf, message } from '../../support/store-contract/builders';
import { refusalContract } from '../../support/store-contract/refusals';

refusalContract('MySQL or MariaDB', createMysqlDatabase, { rowLocks: true, checksLength: true });

describe('MySQL or MariaDB', () => {
  it('shows the winner of a key to a transaction whose snapshot is older', async () => {
    const database = await createMysqlDatabase();
    try {
      const winner = message({ dedupeKey: keyOf('same') });
      // The isolation that Strapi's own transactions have there.
      const snapshot = await database.knex.transaction({ isolationLevel: 'repeatable read' });
      const bound = bindLedger(snapshot);
      expect(await bound.messages.countByState()).toEqual({});
      await createKnexLedger(database.connect()).messages.insertNew([winner]);
      const answer = await bound.messages.insertNew([message({ dedupeKey: keyOf('same') })]);
      expect(answer).toEqual([{ id: winner.id, existed: true }]);
      await snapshot.commit();
    } finally {
      await database.destroy();
    }
  });

  it('refuses a text that the charset of the table cannot hold, instead of storing question marks', async () => {
    const database = await createMysqlDatabase();
    try {
      await database.knex.raw('alter table svitsms_messages convert to character set latin1');
      const ledger = createKnexLedger(database.knex);
      await expect(ledger.messages.insertNew([message({ text: 'Привіт' })])).rejects.toThrow('messages.insertNew');
      expect(await ledger.messages.countByState()).toEqual({});
    } finally {
      await database.destroy();
    }
  });
});
