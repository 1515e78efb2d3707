import type { Ledger, Random } from '../../server/src/delivery/ports';
import { createDecisions, createIntents } from './memory-ledger/intents';
import { createMessages } from './memory-ledger/messages';
import {
  createAccounts,
  createAudit,
  createBatches,
  createLeases,
  createPauses,
  createSettings,
} from './memory-ledger/small-stores';
import { Database, type Access } from './memory-ledger/space';
import { createSubmissions } from './memory-ledger/submissions';

export interface MemoryLedgerOptions {
  /** Chooses the window of `dueForPlan`; without it the head of the queue is taken. */
  readonly random?: Random;
}

/**
 * The ledger in memory, held to the same contract as the databases: compare-and-set, unique keys, transactions that roll
 * back. It uses no timer, so it works under a fake clock. Like SQLite it has one writer at a time.
 */
export const createMemoryLedger = ({ random = () => 0 }: MemoryLedgerOptions = {}): Ledger => {
  const database = new Database();
  const direct: Access = { use: (operation) => database.use(operation) };
  return ledgerOn(direct, random, (work) =>
    database.transaction((access) => {
      const inner: Ledger = ledgerOn(access, random, (nested) => nested(inner));
      return work(inner);
    }),
  );
};

const ledgerOn = (access: Access, random: Random, transaction: Ledger['transaction']): Ledger => ({
  intents: createIntents(access),
  decisions: createDecisions(access),
  messages: createMessages(access, random),
  submissions: createSubmissions(access),
  pauses: createPauses(access),
  accounts: createAccounts(access),
  batches: createBatches(access),
  audit: createAudit(access),
  settings: createSettings(access),
  leases: createLeases(access),
  transaction,
});
