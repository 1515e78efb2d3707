import type { Knex } from 'knex';
import type { Random } from '../../delivery/ports';
import { DEFAULT_TABLES, type TableName, type TableNames } from './table-names';

export type Dialect = 'sqlite' | 'postgres' | 'mysql';

export interface LedgerOptions {
  /** Where tables have other names than Strapi's. */
  readonly tables?: Partial<TableNames>;
  /** PostgreSQL schema that holds the tables. */
  readonly schema?: string | undefined;
  /** Chooses the window of `dueForPlan`; between 0 and 1. */
  readonly random?: Random;
  /** PostgreSQL: a transaction of ours that stands idle this long is ended by the server. Milliseconds. */
  readonly idleTransactionMs?: number;
}

/**
 * Our transactions wait for nothing but the database. One that stands idle belongs to a process that was halted or whose
 * machine is gone, and its locks would stop every other instance until the connection is found dead: two hours by default.
 */
const IDLE_TRANSACTION_MS = 15_000;

/** What every store works on: a connection pool or one transaction, and the tables in it. */
export interface Database {
  readonly knex: Knex;
  readonly dialect: Dialect;
  readonly random: Random;
  readonly inTransaction: boolean;
  /** A new query on a table. */
  table(name: TableName): Knex.QueryBuilder;
  /** Makes a read wait for, see and keep the newest rows. SQLite has one writer at a time and needs nothing. */
  locked(query: Knex.QueryBuilder): Knex.QueryBuilder;
  /**
   * The order of an index past a column that the query holds to one value, NULL perhaps. PostgreSQL sees that order only when
   * the column is named all the same; MariaDB only when it is not, and would sort a million rows.
   */
  orderPast(constant: string, columns: readonly string[]): string[];
  /** Runs in the surrounding transaction, or in one of its own. */
  transaction<T>(work: (database: Database) => Promise<T>): Promise<T>;
  /** Runs in a savepoint when there is a transaction: a refused statement then leaves that one usable. */
  savepoint<T>(work: (database: Database) => Promise<T>): Promise<T>;
}

const DIALECTS: Readonly<Record<string, Dialect>> = {
  sqlite3: 'sqlite',
  postgresql: 'postgres',
  mysql: 'mysql',
};

const dialectOf = (knex: Knex): Dialect => {
  const name = String(knex.client.dialect);
  const dialect = DIALECTS[name];
  if (!dialect) throw new Error(`Database client "${name}" is not supported; use SQLite, PostgreSQL, MySQL or MariaDB`);
  return dialect;
};

/** @param knex a pool or, to take part in somebody's transaction, that transaction */
export const createDatabase = (knex: Knex, options: LedgerOptions): Database => {
  const names: TableNames = { ...DEFAULT_TABLES, ...options.tables };
  const dialect = dialectOf(knex);
  const inTransaction = knex.isTransaction === true;
  /**
   * READ COMMITTED, because InnoDB's default locks the gaps around the rows it reads, so that unrelated inserts deadlock, and
   * because newer MariaDB refuses to change a row that is newer than the snapshot. PostgreSQL has it as its default.
   */
  const config: Knex.TransactionConfig | undefined =
    dialect === 'mysql' && !inTransaction ? { isolationLevel: 'read committed' } : undefined;
  const idleMs = Math.round(options.idleTransactionMs ?? IDLE_TRANSACTION_MS);
  const begin = <T>(work: (database: Database) => Promise<T>): Promise<T> =>
    knex.transaction(async (transaction) => {
      if (dialect === 'postgres' && !inTransaction)
        await transaction.raw(`set local idle_in_transaction_session_timeout = ${idleMs}`);
      return await work(createDatabase(transaction, options));
    }, config);
  const database: Database = {
    knex,
    dialect,
    inTransaction,
    random: options.random ?? Math.random,
    table: (name) => (options.schema ? knex(names[name]).withSchema(options.schema) : knex(names[name])),
    locked: (query) => (dialect === 'sqlite' ? query : query.forUpdate()),
    orderPast: (constant, columns) => [...(dialect === 'mysql' ? [] : [constant]), ...columns],
    transaction: (work) => (inTransaction ? work(database) : begin(work)),
    savepoint: (work) => begin(work),
  };
  return database;
};
