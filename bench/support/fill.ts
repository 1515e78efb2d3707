import type { Knex } from 'knex';
import type { Message } from '../../server/src/domain/message';
import { toRow } from '../../server/src/strapi/stores/message-row';
import type { DatabaseName } from './databases';

const TABLE = 'svitsms_messages';

/** A table of the numbers from 1 to `count`, in each database's own words. */
const NUMBERS: Readonly<Record<DatabaseName, (count: number) => string>> = {
  SQLite: (count) =>
    `(with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count}) select n from numbers)`,
  PostgreSQL: (count) => `(select generate_series(1, ${count}) as n)`,
  MariaDB: (count) => `(select seq as n from seq_1_to_${count})`,
};

/** Different for every number, and spread over the index as real keys are. */
const SPREAD: Readonly<Record<DatabaseName, (n: string) => string>> = {
  SQLite: (n) => `printf('%08x-%d', (${n} * 2654435761) & 4294967295, ${n})`,
  PostgreSQL: (n) => `md5((${n})::text)`,
  MariaDB: (n) => `md5(${n})`,
};

/** Fills the table of messages inside the database: copies of one queued message with keys and due times of their own. */
export const fill = async (knex: Knex, name: DatabaseName, model: Message, from: number, to: number): Promise<void> => {
  const row: Record<string, unknown> = { ...toRow(model) };
  const PORTION = 50_000;
  for (let start = from; start < to; start += PORTION) {
    const count = Math.min(PORTION, to - start);
    const n = `(numbers.n + ${start})`;
    const columns = Object.keys(row);
    const values = columns.map((column) => {
      if (column === 'document_id') return `concat('fill-', ${SPREAD[name](n)})`;
      if (column === 'dedupe_key') return `concat('key-', ${SPREAD[name](n)})`;
      if (column === 'due_at') return `${model.dueAt} - 1000000 + ${n}`;
      return '?';
    });
    const made = ['document_id', 'dedupe_key', 'due_at'];
    const bindings = columns.filter((column) => !made.includes(column)).map((column) => row[column] ?? null);
    const sql = `insert into ${TABLE} (${columns.join(', ')}) select ${values.join(', ')} from ${NUMBERS[name](count)} as numbers`;
    await knex.raw(name === 'PostgreSQL' ? typed(sql, columns, made) : sql, bindings as Knex.Value[]);
  }
};

/** PostgreSQL takes a bare parameter in a select for text. */
const typed = (sql: string, columns: readonly string[], made: readonly string[]): string => {
  const types = columns.filter((column) => !made.includes(column)).map(typeOf);
  let next = 0;
  return sql.replaceAll('?', () => `?::${types[next++] ?? 'text'}`);
};

const typeOf = (column: string): string => {
  if (/^(created|updated|published)_at$/.test(column)) return 'timestamp';
  if (/_at$/.test(column)) return 'bigint';
  return ['segment_count', 'attempts', 'fence'].includes(column) ? 'integer' : 'text';
};
