import type { Clock, Ledger } from './ports';

export interface RetentionDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Days after which numbers, texts and snapshots are erased; null keeps them. */
  readonly retentionDays: number | null;
}

const DAY_MS = 86_400_000;
/** Small batches: on SQLite a long statement would stop the whole site. */
const AT_ONCE = 200;

/** Erases what is personal and old; rows, keys and counters stay. Returns true while there is more to erase. */
export const eraseOld = async ({ ledger, clock, retentionDays }: RetentionDeps): Promise<boolean> => {
  if (retentionDays === null) return false;
  const before = clock.now() - retentionDays * DAY_MS;
  const messages = await ledger.messages.erase({ finalBefore: before, limit: AT_ONCE });
  const intents = await ledger.intents.erase({ before, limit: AT_ONCE });
  return messages === AT_ONCE || intents === AT_ONCE;
};
