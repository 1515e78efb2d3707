import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import contentTypes from '../../../server/src/strapi/content-types';
import { createEmptyDatabase, type EmptyDatabase } from '../../crash/support/databases';
import { eventually } from '../../support/eventually';
import { expectedIndexes, type ExpectedIndex } from '../../support/knex-ledger';
import { openShop, type Shop } from '../../support/shop';

const SQL = {
  PostgreSQL: `select c.relname as name, t.relname as "table", i.indisunique as "unique",
      (select string_agg(a.attname, ',' order by k.place) from unnest(i.indkey) with ordinality as k(number, place)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number) as columns
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where t.relname like 'svitsms%' and i.indisvalid`,
  MariaDB: `select index_name as name, table_name as \`table\`, min(non_unique) = 0 as \`unique\`,
      group_concat(column_name order by seq_in_index) as columns
    from information_schema.statistics where table_schema = database() and table_name like 'svitsms%'
    group by index_name, table_name`,
} as const;

interface IndexRow {
  readonly name: string;
  readonly table: string;
  readonly unique: boolean | number;
  readonly columns: string;
}

/** The indexes of the ledger as the database itself lists them. */
const indexesIn = async (knex: Knex, kind: keyof typeof SQL): Promise<ExpectedIndex[]> => {
  const answer: unknown = await knex.raw(SQL[kind]);
  // pg gives an object with rows, mysql2 a pair of rows and fields.
  const rows: IndexRow[] = Array.isArray(answer) ? answer[0] : Object(answer).rows;
  return rows.map(({ name, table, unique, columns }) => ({
    name,
    table,
    unique: Boolean(Number(unique)),
    columns: columns.split(','),
  }));
};

describe.each(['PostgreSQL', 'MariaDB'] as const)('a shop on %s', (kind) => {
  let database: EmptyDatabase;
  let shop: Shop | undefined;
  beforeAll(async () => {
    database = await createEmptyDatabase(kind, '');
    const dir = mkdtempSync(path.join(tmpdir(), 'svitsms-shop-'));
    shop = await openShop({ dir, ...(database.strapi ? { connection: database.strapi } : {}) });
    // Strapi makes some eighty tables.
  }, 180_000);
  afterAll(async () => {
    await shop?.close();
    await database.destroy();
  });

  it('texts the buyer once', async () => {
    await shop?.order({ number: 'B-7', customerName: 'Ґалаґан 😀' });
    const seen = await eventually(
      () => shop?.messages(),
      (rows) => rows?.[0]?.state === 'delivered',
      // The first question comes after five seconds.
      30_000,
    );
    const message = seen?.[0];
    expect(seen).toHaveLength(1);
    expect(message).toMatchObject({ to: '380671234567', text: 'Дякуємо, Ґалаґан 😀! Замовлення B-7 прийнято.' });
    expect(shop?.simulator.control.messages()).toMatchObject([{ recipient: message?.to, text: message?.text }]);
  });

  it('has every index of the ledger, the unique ones as such', async () => {
    const found = await indexesIn(database.connect(), kind);
    const expected = Object.values(contentTypes).flatMap(({ schema }) => expectedIndexes(schema));
    expect(expected.filter(({ unique }) => unique).length).toBeGreaterThan(5);
    const byName = (one: ExpectedIndex, other: ExpectedIndex): number => one.name.localeCompare(other.name);
    const ours = found.filter(({ name }) => expected.some((one) => one.name === name));
    expect(ours.sort(byName)).toEqual([...expected].sort(byName));
  });

  it('refuses the same dedupe key twice', async () => {
    const knex = database.connect();
    const row = await knex('svitsms_messages').first();
    const copy = { ...row, id: row.id + 1, document_id: 'another' };
    await expect(knex('svitsms_messages').insert(copy)).rejects.toMatchObject({
      code: kind === 'MariaDB' ? 'ER_DUP_ENTRY' : '23505',
    });
  });
});
