import { CampaignIdTaken } from '../../delivery/ports';

/**
 * What a database refused, without its own words: those hold the whole SQL with every number and text in it (measured: 74 KB
 * for one failed insert), and any logger would print them.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  constructor(
    /** Which call of which store. */
    readonly operation: string,
    /** The driver's code, e.g. `23505`, `ER_DUP_ENTRY`, `SQLITE_BUSY`; the error's name when there is none. */
    readonly code: string,
    /** Name of the constraint or column list that was violated, when the driver tells. */
    readonly constraint: string | null,
  ) {
    super(`The database refused ${operation} (${code}${constraint ? `, ${constraint}` : ''})`);
  }
}

/** A caller's mistake that a store noticed; its message holds names of tables and keys only. */
export class LedgerMisuse extends Error {
  override readonly name = 'LedgerMisuse';
}

const UNIQUE = new Set(['23505', 'ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
/** The database itself rolled the statement or transaction back to let another one pass. */
const DEADLOCKS = new Set(['40P01', '40001', 'ER_LOCK_DEADLOCK']);
const TRANSIENT = new Set([
  '55P03', // PostgreSQL: lock not available
  '57P01', // PostgreSQL: shut down by the administrator
  '57P02',
  '57P03',
  '53300', // PostgreSQL: too many connections
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD', // MariaDB 11.6 and later: the row changed since this transaction's snapshot
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECTION_LOST',
  'KnexTimeoutError', // no connection became free in the pool
]);

/** A driver may live in another realm (a native module under a test runner does), where its errors are no `Error` of ours. */
const fieldOf = (error: unknown, field: 'code' | 'constraint' | 'message' | 'name'): string => {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
};

const codeIn = (error: unknown): string => {
  const code = fieldOf(error, 'code');
  if (/^\w{1,60}$/.test(code)) return code;
  // pg reports a connection that broke while a query ran without any code.
  if (/^Connection (terminated|ended|closed)|connection error and is not queryable/i.test(fieldOf(error, 'message')))
    return 'CONNECTION_LOST';
  const name = fieldOf(error, 'name');
  return /^\w{1,60}$/.test(name) ? name : 'unknown';
};

/** Did a unique index refuse the row? */
export const isUniqueViolation = (error: unknown): boolean => UNIQUE.has(codeIn(error));

/** Did the database roll back to resolve a deadlock? Then nothing was written, and the same work may be tried again. */
export const isDeadlock = (error: unknown): boolean => DEADLOCKS.has(codeIn(error));

/** May the same work succeed later without anybody's help: deadlock, lock time-out, busy file, lost connection? */
export const isTransient = (error: unknown): boolean => {
  const code = codeIn(error);
  return (
    isDeadlock(error) || TRANSIENT.has(code) || /^(SQLITE_BUSY|SQLITE_LOCKED)/.test(code) || /^08\w{3}$/.test(code)
  );
};

/** The constraint's name only: MySQL and PostgreSQL put the refused value right beside it. */
const constraintIn = (error: unknown): string | null => {
  const constraint = fieldOf(error, 'constraint');
  if (/^\w+$/.test(constraint)) return constraint;
  const message = fieldOf(error, 'message');
  const named = / for key '([\w.]+)'$/.exec(message) ?? /constraint failed: (\w+\.\w+(?:, \w+\.\w+)*)$/.exec(message);
  return named?.[1] ?? null;
};

/** Turns whatever a driver threw into an error that may be logged. Keeps no message, SQL, binding, stack or cause of it. */
export const redacted = (operation: string, error: unknown): Error => {
  if (error instanceof DatabaseError || error instanceof CampaignIdTaken || error instanceof LedgerMisuse) return error;
  return new DatabaseError(operation, codeIn(error), constraintIn(error));
};

/** Deadlocks of one call outside a transaction are retried this often: the database promises that nothing was written. */
const DEADLOCK_TRIES = 4;

/**
 * Wraps every method of a store: errors come out redacted, and a deadlock is tried again unless a surrounding transaction
 * died with it.
 * @param before awaited ahead of each call
 */
export const guarded = <Store extends object>(
  name: string,
  store: Store,
  retryDeadlocks: boolean,
  before: () => Promise<void> | undefined,
): Store =>
  new Proxy(store, {
    get: (target, key) => {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]): Promise<unknown> => {
        await before();
        for (let tries = 1; ; tries++)
          try {
            return await (Reflect.apply(method, target, args) as Promise<unknown>); // every store method is async
          } catch (error) {
            if (retryDeadlocks && tries < DEADLOCK_TRIES && isDeadlock(error)) continue;
            throw redacted(`${name}.${String(key)}`, error);
          }
      };
    },
  });
