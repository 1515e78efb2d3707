import type { Knex } from 'knex';
import type { MessageState } from '../../../shared/vocabulary';
import { probeSoon } from '../../../server/src/delivery/pauses';
import type { Ledger } from '../../../server/src/delivery/ports';
import { isFinal } from '../../../server/src/domain/message';
import { DEFAULT_TABLES } from '../../../server/src/strapi/stores/table-names';

/** What is still under way, by state; empty when everything is final or in doubt. */
const unfinished = async (ledger: Ledger, knex: Knex): Promise<Record<string, number>> => {
  const intents = await knex(DEFAULT_TABLES.intent).where('state', 'pending').select('id');
  const counts = await ledger.messages.countByState();
  const open = Object.entries(counts).filter(
    ([state]) => state !== 'in_doubt' && !isFinal(state as MessageState), // keys of a record by state
  );
  return Object.fromEntries([...(intents.length > 0 ? [['intents', intents.length] as const] : []), ...open]);
};

/**
 * Waits until nothing is under way. Deaths look like lost answers to the breaker, so a person presses "check now" meanwhile:
 * the pause of half a minute is right for a shop and long for a test.
 */
export const untilDrained = async (
  { ledger, knex, account }: { ledger: Ledger; knex: Knex; account: string },
  alive: () => void,
  timeoutMs: number,
): Promise<void> => {
  const until = Date.now() + timeoutMs;
  const deps = { ledger, clock: { now: () => Date.now() }, random: Math.random, log: console };
  for (;;) {
    const left = await unfinished(ledger, knex);
    if (Object.keys(left).length === 0) return;
    alive();
    if (Date.now() > until) {
      const lanes = await knex(DEFAULT_TABLES.message)
        .select('lane', 'state', 'reason', 'account')
        .count({ total: 'id' })
        .groupBy('lane', 'state', 'reason', 'account');
      const seen = { left, lanes, pauses: await ledger.pauses.list(account) };
      throw new Error(`Still under way after ${String(timeoutMs)} ms: ${JSON.stringify(seen)}`);
    }
    await probeSoon(deps, account);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};
