import { createMysqlDatabase } from '../../support/knex-ledger';
import { planContract } from '../../support/store-contract/plans';

planContract(
  'MySQL or MariaDB',
  createMysqlDatabase,
  async (knex, sql, bindings) => {
    const [rows = []]: Record<string, unknown>[][] = await knex.raw(`explain ${sql}`, [...bindings]);
    return {
      plan: rows.map((row) => `${String(row['type'])} ${String(row['key'])} ${String(row['Extra'])}`).join('\n'),
      wholeTable: rows.some((row) => row['type'] === 'ALL'),
    };
  },
  (knex) => knex.raw('analyze table svitsms_messages, svitsms_submissions, svitsms_intents, svitsms_decisions'),
);
