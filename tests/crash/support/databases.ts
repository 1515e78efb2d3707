import { randomUUID } from 'node:crypto';
import knexOf, { type Knex } from 'knex';
import {
  createMysqlDatabase,
  createPostgresDatabase,
  createSqliteDatabase,
  mysqlConfig,
  postgresConfig,
  type TestDatabase,
} from '../../support/knex-ledger';
import { ORDERS } from './child-config';

export const KINDS = ['SQLite', 'PostgreSQL', 'MariaDB'] as const;
export type Kind = (typeof KINDS)[number];

export interface CrashDatabase {
  readonly kind: Kind;
  readonly knex: Knex;
  /** The same for a child process. */
  readonly config: Knex.Config;
  destroy(): Promise<void>;
}

const MAKE: Readonly<Record<Kind, () => Promise<TestDatabase>>> = {
  SQLite: createSqliteDatabase,
  PostgreSQL: createPostgresDatabase,
  MariaDB: createMysqlDatabase,
};

/** A child needs few connections, and the server has only so many. */
const CHILD_POOL = { min: 0, max: 6 };

/** A database of its own with the ledger's tables and the table of orders. */
export const createCrashDatabase = async (kind: Kind): Promise<CrashDatabase> => {
  const made = await MAKE[kind]();
  await made.knex.schema.createTable(ORDERS, (table) => {
    table.increments('id');
    table.string('number', 100).notNullable().unique();
    table.string('recipient', 20).notNullable();
  });
  const given: Knex.Config = made.knex.client.config;
  const config = kind === 'SQLite' ? given : { ...given, pool: CHILD_POOL };
  return { kind, knex: made.knex, config, destroy: () => made.destroy() };
};

/** A database without tables, for Strapi to make its own. */
export interface EmptyDatabase {
  /** Strapi's connection settings; null: the file that Strapi uses by itself. */
  readonly strapi: Record<string, unknown> | null;
  /** A pool for the test; there must be tables by then. */
  connect(): Knex;
  destroy(): Promise<void>;
}

const SERVERS = {
  PostgreSQL: { client: 'postgres', admin: 'postgres', config: postgresConfig, options: '', drop: ' with (force)' },
  MariaDB: { client: 'mysql', admin: 'mysql', config: mysqlConfig, options: ' character set utf8mb4', drop: '' },
} as const;

const withoutPool = ({ connection }: Knex.Config): object => ({ ...(connection as object) }); // an object in tests/support

/** @param file where Strapi keeps its SQLite database */
export const createEmptyDatabase = async (kind: Kind, file: string): Promise<EmptyDatabase> => {
  const pools: Knex[] = [];
  const open = (config: Knex.Config): Knex => {
    const pool = knexOf(config);
    pools.push(pool);
    return pool;
  };
  const close = async (): Promise<void> => {
    await Promise.all(pools.map((pool) => pool.destroy()));
  };
  if (kind === 'SQLite') {
    const config = { client: 'better-sqlite3', connection: { filename: file }, useNullAsDefault: true };
    return { strapi: null, connect: () => open(config), destroy: close };
  }
  const { client, admin, config, options, drop } = SERVERS[kind];
  const name = `svitsms_crash_${randomUUID().slice(0, 8)}`;
  const statement = async (sql: string): Promise<void> => {
    const pool = knexOf({ ...config(admin), pool: { min: 0, max: 1 } });
    try {
      await pool.raw(sql);
    } finally {
      await pool.destroy();
    }
  };
  await statement(`create database ${name}${options}`);
  return {
    strapi: { client, connection: withoutPool(config(name)) },
    connect: () => open(config(name)),
    destroy: async () => {
      await close();
      await statement(`drop database ${name}${drop}`);
    },
  };
};
