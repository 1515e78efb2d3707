import { createMysqlDatabase } from '../../support/knex-ledger';
import { describeLedgerContract } from '../../support/store-contract';
import { knexFixture } from '../../support/store-contract/fixtures';

describeLedgerContract('MySQL or MariaDB', async () => knexFixture(await createMysqlDatabase(), true));
