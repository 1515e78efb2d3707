import { createSqliteDatabase } from '../support/knex-ledger';
import { planContract } from '../support/store-contract/plans';

// Nobody runs ANALYZE on a site's SQLite, so the plans must be right without it.
planContract(
  'SQLite',
  createSqliteDatabase,
  async (knex, sql, bindings) => {
    const rows: { detail: string }[] = await knex.raw(`explain query plan ${sql}`, [...bindings]);
    const steps = rows.map(({ detail }) => detail);
    return {
      plan: steps.join('\n'),
      wholeTable: steps.some((step) => step.startsWith('SCAN') && !step.includes('USING')),
    };
  },
  () => Promise.resolve(),
);
