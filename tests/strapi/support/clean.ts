import { DEFAULT_TABLES } from '../../../server/src/strapi/stores/table-names';
import type { Shop } from '../../support/shop';

/** The site's identity, the account and the push tokens outlive a test; what was sent does not. */
const LASTING: readonly string[] = [DEFAULT_TABLES.setting, DEFAULT_TABLES.account];
const LEDGER = Object.values(DEFAULT_TABLES).filter((table) => !LASTING.includes(table));

/** Everything at rest, then no messages, pauses, entries or faults: one Strapi serves a whole file of tests. */
export const clean = async (shop: Shop): Promise<void> => {
  const { connection } = shop.strapi.db;
  shop.simulator.control.reset();
  await connection(DEFAULT_TABLES.pause).delete();
  // What waits for a later hour would never come to rest.
  await connection(DEFAULT_TABLES.intent).delete();
  await connection(DEFAULT_TABLES.message).where({ state: 'queued' }).delete();
  await shop.quiet();
  for (const table of LEDGER) await connection(table).delete();
  for (const table of ['orders', 'articles', 'customers']) await connection(table).delete();
  shop.simulator.control.reset();
};

/** Submits one message whose answer gets lost after the gateway took it. @returns its id, in doubt */
export const lostAnswer = async (shop: Shop, to = '+380671112233', text = 'Ваше замовлення чекає'): Promise<string> => {
  shop.simulator.control.addFault({ kind: 'reset-after', match: { operation: 'SENDSMS' } });
  const sent = await shop.strapi.plugin('svitsms').service('sms').send({ to, text });
  await shop.settled(1, 'in_doubt');
  return sent.id;
};
