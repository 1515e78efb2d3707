import { createPostgresDatabase } from '../../support/knex-ledger';
import { planContract } from '../../support/store-contract/plans';

planContract(
  'PostgreSQL',
  createPostgresDatabase,
  async (knex, sql, bindings) => {
    const { rows }: { rows: Record<string, string>[] } = await knex.raw(`explain ${sql.replaceAll(/\$\d+/g, '?')}`, [
      ...bindings,
    ]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    return { plan, wholeTable: plan.includes('Seq Scan') };
  },
  (knex) => knex.raw('analyze'),
);
