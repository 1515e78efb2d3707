import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexOf, { type Knex } from 'knex';
import contentTypes, { type LedgerSchema } from '../../server/src/strapi/content-types';

/** A database of its own with the tables of the ledger, as Strapi would make them. */
export interface TestDatabase {
  readonly knex: Knex;
  /** Another pool on the same database: what another process would have. */
  connect(): Knex;
  /** Empties all tables. */
  clear(): Promise<void>;
  /** Closes every pool and removes the database. */
  destroy(): Promise<void>;
}

const SCHEMAS: readonly LedgerSchema[] = Object.values(contentTypes).map(({ schema }) => schema);

export interface ExpectedIndex {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** The indexes that the database must have for a content type, to compare with those that Strapi creates. */
export const expectedIndexes = (schema: LedgerSchema): ExpectedIndex[] =>
  schema.indexes.map(({ name, columns, type }) => ({
    name,
    table: schema.collectionName,
    columns,
    unique: type === 'unique',
  }));

/** Strapi's rule for column names, as far as our attributes go: words in camel case, no digits. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of a content type's table: Strapi's own and one per attribute. */
export const expectedColumns = (schema: LedgerSchema): string[] => [
  'id',
  'document_id',
  ...Object.keys(schema.attributes).map(snakeCase),
  'created_at',
  'updated_at',
  'published_at',
  'created_by_id',
  'updated_by_id',
  'locale',
];

type AttributeType = LedgerSchema['attributes'][string]['type'];

/** What Strapi's schema sync makes of an attribute (`@strapi/database` schema.js, getColumnType). */
const MAKE: Readonly<Record<AttributeType, (table: Knex.CreateTableBuilder, name: string) => Knex.ColumnBuilder>> = {
  string: (table, name) => table.string(name),
  enumeration: (table, name) => table.string(name),
  text: (table, name) => table.text(name, 'longtext'),
  integer: (table, name) => table.integer(name),
  biginteger: (table, name) => table.bigInteger(name),
};

const createTable = (knex: Knex, schema: LedgerSchema): Promise<void> =>
  knex.schema.createTable(schema.collectionName, (table) => {
    table.increments('id', { primaryKey: true });
    table.string('document_id');
    for (const [attribute, { type, columnType, column }] of Object.entries(schema.attributes)) {
      const name = snakeCase(attribute);
      const made = columnType ? table.string(name, columnType.args[0]) : MAKE[type](table, name);
      if (column?.notNullable) made.notNullable();
    }
    for (const name of ['created_at', 'updated_at', 'published_at'])
      table.datetime(name, { useTz: false, precision: 6 });
    for (const name of ['created_by_id', 'updated_by_id']) table.integer(name).unsigned();
    table.string('locale');
    table.index(['document_id', 'locale', 'published_at'], `${schema.collectionName}_documents_idx`);
    for (const { name, columns, type } of schema.indexes)
      if (type === 'unique') table.unique(columns, { indexName: name });
      else table.index(columns, name);
  });

const createTables = async (knex: Knex): Promise<void> => {
  for (const schema of SCHEMAS) await createTable(knex, schema);
};

const clearTables = async (knex: Knex): Promise<void> => {
  for (const { collectionName } of SCHEMAS) await knex(collectionName).delete();
};

const setUp = async (configOf: () => Knex.Config, remove: () => Promise<void>): Promise<TestDatabase> => {
  const pools: Knex[] = [];
  const connect = (): Knex => {
    const pool = knexOf(configOf());
    pools.push(pool);
    return pool;
  };
  const destroy = async (): Promise<void> => {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await remove();
  };
  const knex = connect();
  try {
    await createTables(knex);
  } catch (error) {
    await destroy();
    throw error;
  }
  return { knex, connect, clear: () => clearTables(knex), destroy };
};

/** A file, so that several connections and processes can open it; Strapi uses one connection per process. */
export const createSqliteDatabase = async (): Promise<TestDatabase & { readonly file: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'svitsms-ledger-'));
  const file = join(folder, 'ledger.db');
  const database = await setUp(
    () => ({
      client: 'better-sqlite3',
      connection: { filename: file },
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    }),
    () => rm(folder, { recursive: true, force: true }),
  );
  return { ...database, file };
};

/** Runs one statement as the administrator of a database server. */
const administer = async (config: Knex.Config, statement: string): Promise<void> => {
  const admin = knexOf({ ...config, pool: { min: 0, max: 1 } });
  try {
    await admin.raw(statement);
  } finally {
    await admin.destroy();
  }
};

const freshName = (): string => `svitsms_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;

/** Connection of a PostgreSQL server; address from PGHOST, PGPORT, PGUSER, PGPASSWORD. */
export const postgresConfig = (database: string): Knex.Config => ({
  client: 'pg',
  connection: {
    host: process.env['PGHOST'] ?? '127.0.0.1',
    port: Number(process.env['PGPORT'] ?? 5432),
    user: process.env['PGUSER'] ?? 'postgres',
    password: process.env['PGPASSWORD'] ?? '',
    database,
  },
  pool: { min: 0, max: 10 },
});

export const createPostgresDatabase = async (): Promise<TestDatabase> => {
  const name = freshName();
  await administer(postgresConfig('postgres'), `create database ${name}`);
  return setUp(
    () => postgresConfig(name),
    () => administer(postgresConfig('postgres'), `drop database ${name} with (force)`),
  );
};

/** Connection of a MySQL or MariaDB server; address from MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD. */
export const mysqlConfig = (database: string): Knex.Config => ({
  client: 'mysql2',
  connection: {
    host: process.env['MYSQL_HOST'] ?? '127.0.0.1',
    port: Number(process.env['MYSQL_PORT'] ?? 3306),
    user: process.env['MYSQL_USER'] ?? 'root',
    password: process.env['MYSQL_PASSWORD'] ?? '',
    database,
    // Strapi sets these two, so big numbers arrive as text.
    supportBigNumbers: true,
    bigNumberStrings: true,
  },
  pool: { min: 0, max: 10 },
});

export const createMysqlDatabase = async (): Promise<TestDatabase> => {
  const name = freshName();
  await administer(mysqlConfig('mysql'), `create database ${name} character set utf8mb4`);
  return setUp(
    () => mysqlConfig(name),
    () => administer(mysqlConfig('mysql'), `drop database ${name}`),
  );
};
