import {
  createMysqlDatabase,
  createPostgresDatabase,
  createSqliteDatabase,
  type TestDatabase,
} from '../../tests/support/knex-ledger';

export type DatabaseName = 'SQLite' | 'PostgreSQL' | 'MariaDB';

const MAKERS: Readonly<Record<DatabaseName, () => Promise<TestDatabase>>> = {
  SQLite: createSqliteDatabase,
  PostgreSQL: createPostgresDatabase,
  MariaDB: createMysqlDatabase,
};

/** BENCH_DATABASES=SQLite,PostgreSQL limits a run to these. */
const wanted = (name: DatabaseName): boolean =>
  (process.env['BENCH_DATABASES'] ?? Object.keys(MAKERS).join()).split(',').includes(name);

/** Runs on every database that answers; says which did not. */
export const onEachDatabase = async <T>(
  work: (name: DatabaseName, database: TestDatabase) => Promise<T>,
): Promise<T[]> => {
  const results: T[] = [];
  for (const name of (Object.keys(MAKERS) as DatabaseName[]).filter(wanted)) {
    let database: TestDatabase;
    try {
      database = await MAKERS[name]();
    } catch {
      console.log(`${name} does not answer; its figures are left out`);
      continue;
    }
    try {
      results.push(await work(name, database));
    } finally {
      await database.destroy();
    }
  }
  return results;
};
