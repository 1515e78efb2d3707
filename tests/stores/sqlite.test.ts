import { createSqliteDatabase } from '../support/knex-ledger';
import { describeLedgerContract } from '../support/store-contract';
import { knexFixture } from '../support/store-contract/fixtures';

describeLedgerContract('SQLite', async () => knexFixture(await createSqliteDatabase(), false));
