import { createPostgresDatabase } from '../../support/knex-ledger';
import { describeLedgerContract } from '../../support/store-contract';
import { knexFixture } from '../../support/store-contract/fixtures';

describeLedgerContract('PostgreSQL', async () => knexFixture(await createPostgresDatabase(), true));
