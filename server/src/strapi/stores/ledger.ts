import type { Knex } from 'knex';
import type { Ledger } from '../../delivery/ports';
import { createAccountStore } from './accounts';
import { createAuditStore } from './audit';
import { createBatchStore } from './batches';
import { nextTurn } from './chunks';
import { createDatabase, type Database, type LedgerOptions } from './database';
import { guarded, redacted } from './database-error';
import { createDecisionStore } from './decisions';
import { createIntentStore } from './intents';
import { createLeaseStore } from './leases';
import { createMessageStore } from './messages';
import { createPauseStore } from './pauses';
import { createSettingStore } from './settings';
import { createSubmissionStore } from './submissions';

/**
 * The ledger in a database.
 * @param knex a connection pool; on SQLite nobody else may hold its only connection while a call waits for it
 * @throws DatabaseError from every method, without the values of the statement
 */
export const createKnexLedger = (knex: Knex, options: LedgerOptions = {}): Ledger =>
  ledgerOf(createDatabase(knex, options));

/**
 * The ledger inside a transaction that somebody else opened, e.g. the one of `strapi.db.transaction`: it commits and rolls
 * back with that one. An error leaves a transaction of PostgreSQL unusable unless the port says otherwise.
 */
export const bindLedger = (transaction: Knex.Transaction, options: LedgerOptions = {}): Ledger =>
  ledgerOf(createDatabase(transaction, options));

const ledgerOf = (database: Database): Ledger => {
  // better-sqlite3 answers at once: a use case of several calls would keep the whole shop waiting from its first to its last.
  const begins = database.dialect === 'sqlite' && !database.inTransaction;
  const turn = (): Promise<void> | undefined => (begins ? nextTurn() : undefined);
  const guard = <Store extends object>(name: string, store: Store): Store =>
    guarded(name, store, !database.inTransaction, turn);
  const ledger: Ledger = {
    intents: guard('intents', createIntentStore(database)),
    decisions: guard('decisions', createDecisionStore(database)),
    messages: guard('messages', createMessageStore(database)),
    submissions: guard('submissions', createSubmissionStore(database)),
    pauses: guard('pauses', createPauseStore(database)),
    accounts: guard('accounts', createAccountStore(database)),
    batches: guard('batches', createBatchStore(database)),
    audit: guard('audit', createAuditStore(database)),
    settings: guard('settings', createSettingStore(database)),
    leases: guard('leases', createLeaseStore(database)),
    transaction: async (work) => {
      if (database.inTransaction) return await work(ledger);
      await turn();
      return await transact(database, work);
    },
  };
  return ledger;
};

/**
 * Errors of the work pass as they are, also when the rollback after them fails because the connection is gone; those of begin
 * and commit come from the driver and are redacted.
 */
const transact = async <T>(database: Database, work: (ledger: Ledger) => Promise<T>): Promise<T> => {
  const failure: { error?: unknown } = {};
  try {
    return await database.transaction(async (transaction) => {
      try {
        return await work(ledgerOf(transaction));
      } catch (error) {
        failure.error = error;
        throw error;
      }
    });
  } catch (error) {
    if ('error' in failure) throw failure.error;
    throw redacted('transaction', error);
  }
};
