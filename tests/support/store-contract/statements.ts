import type { Knex } from 'knex';

export interface Statement {
  readonly sql: string;
  readonly bindings: readonly Knex.Value[];
}

/** The plan of a statement in the database's words, and whether it reads a whole table. */
export type Explain = (
  knex: Knex,
  sql: string,
  bindings: readonly Knex.Value[],
) => Promise<{ readonly plan: string; readonly wholeTable: boolean }>;

const BIG_TABLES = /svitsms_(messages|submissions|intents|decisions)/;

/** Remembers the statements that a call sends, except inserts and totals, which read what they must. */
export const statementsOf = async (knex: Knex, run: () => Promise<unknown>): Promise<Statement[]> => {
  const seen: Statement[] = [];
  const listen = ({ sql, bindings }: { sql: string; bindings?: Knex.Value[] }): void => {
    if (BIG_TABLES.test(sql) && /^(select|update|delete)/i.test(sql)) seen.push({ sql, bindings: bindings ?? [] });
  };
  knex.on('query', listen);
  try {
    await run();
  } finally {
    knex.removeListener('query', listen);
  }
  return seen;
};
