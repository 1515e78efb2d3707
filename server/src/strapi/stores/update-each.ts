import type { Knex } from 'knex';
import { groupBy, inChunks, sum } from './chunks';
import type { Database } from './database';
import type { TableName } from './table-names';

export type Value = string | number | null;
export type Values = Readonly<Record<string, Value>>;

/** New values of one row. Rows of one `group` share the condition that the caller adds. */
export interface RowUpdate {
  readonly id: number;
  readonly values: Values;
}

/** A CASE is searched from its start for every row, so statements with one stay short. */
const CASE_CHUNK = 100;

/**
 * Writes different values into many rows with few statements: columns that agree are written as they are, the others by a
 * CASE over the row id.
 * @param condition the compare of the compare-and-set, added to each statement
 * @returns how many rows were changed
 */
export const updateEach = async (
  database: Database,
  table: TableName,
  updates: readonly RowUpdate[],
  condition: (query: Knex.QueryBuilder) => Knex.QueryBuilder = (query) => query,
): Promise<number> => {
  let changed = 0;
  for (const group of groupBy(updates, ({ values }) => Object.keys(values).sort().join())) {
    const { same, differing } = split(group);
    const work = async (chunk: readonly RowUpdate[]): Promise<number> => {
      const query = database.table(table).whereIn(
        'id',
        chunk.map(({ id }) => id),
      );
      const cases = differing.map((column) => [column, caseOf(database, chunk, column)] as const);
      return Number(await condition(query).update({ ...same, ...Object.fromEntries(cases) }));
    };
    changed += sum(await inChunks(group, work, differing.length > 0 ? CASE_CHUNK : undefined));
  }
  return changed;
};

const split = (group: readonly RowUpdate[]): { same: Values; differing: string[] } => {
  const first = group[0]?.values ?? {};
  const differing = Object.keys(first).filter((column) => group.some(({ values }) => values[column] !== first[column]));
  const same = Object.fromEntries(Object.entries(first).filter(([column]) => !differing.includes(column)));
  return { same, differing };
};

const caseOf = (database: Database, chunk: readonly RowUpdate[], column: string): Knex.Raw =>
  caseWhen(
    database,
    'id',
    chunk.map(({ id, values }) => [id, values[column] ?? null] as const),
  );

/** `CASE key WHEN … THEN … END`. PostgreSQL takes every parameter for text there, so numbers name their type. */
export const caseWhen = (
  { knex, dialect }: Pick<Database, 'knex' | 'dialect'>,
  key: string,
  pairs: readonly (readonly [Value, Value])[],
): Knex.Raw => {
  const numeric = dialect === 'postgres' && pairs.some(([, value]) => typeof value === 'number');
  const branch = numeric ? 'when ? then cast(? as bigint)' : 'when ? then ?';
  return knex.raw(`case ?? ${pairs.map(() => branch).join(' ')} end`, [key, ...pairs.flat()]);
};
