import knexOf, { type Knex } from 'knex';
import { DEFAULT_TABLES } from '../../server/src/strapi/stores/table-names';
import { createChildRunner, type ChildRunner } from './support/child-runner';
import type { ChildConfig } from './support/child-config';
import { stopAt } from './support/points';
import { placeBatch, placeOrder, type Shop } from './support/producer';
import { seededRandom } from './support/random';
import { watchWire } from './support/wire-points';

/** Longest pause between two orders. Milliseconds. */
const ORDER_PAUSE_MS = 25;

/** Buyers come back later when the shop is down. Milliseconds. */
const REFUSED_PAUSE_MS = 200;

const BACKLOG = 60;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** An order that the database refuses (a deadlock, a restart) was not placed; the shop goes on with the next. */
const attempt = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    console.error(`order refused: ${error instanceof Error ? error.name : 'unknown'}`);
    await pause(REFUSED_PAUSE_MS);
  }
};

/** Buyers wait while many texts do: a long run must not end with an hour of working off what short lives left behind. */
const roomFor = async ({ deps }: ChildRunner): Promise<void> => {
  for (;;) {
    const { queued = 0 } = await deps.ledger.messages.countByState().catch(() => ({ queued: 0 }));
    if (queued < BACKLOG) return;
    await pause(50);
  }
};

const takeForUnsent = async (knex: Knex): Promise<void> => {
  await knex(DEFAULT_TABLES.message).where('state', 'sending').update({ state: 'queued', submission_id: null });
  await knex(DEFAULT_TABLES.submission).where('state', 'sending').update({ state: 'retryable' });
};

const run = async (): Promise<void> => {
  const config = JSON.parse(process.argv[2] ?? '{}') as ChildConfig; // written by the harness
  const random = seededRandom(config.seed);
  const knex = knexOf(config.knex);
  const pass = stopAt(config.plan);
  watchWire(pass);
  const child = createChildRunner(config, knex, pass);
  const shop: Shop = { config, knex, child, pass };
  if (config.mistake === 'resends') await takeForUnsent(knex);
  await child.runner.start();
  process.send?.('ready');
  const batch = config.batch;
  if (batch !== null) await attempt(() => placeBatch(shop, batch));
  for (let count = 1; count <= config.orders; count++) {
    await roomFor(child);
    await attempt(() => placeOrder(shop, count));
    await pause(random() * ORDER_PAUSE_MS);
  }
  process.send?.('placed');
};

// The loops' timers are unreferenced, and the harness ends us: something must keep the process alive until then.
setInterval(() => undefined, 60_000);
// An orphan ends with its harness.
process.once('disconnect', () => process.exit(0));
run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'unknown error');
  process.exit(1);
});
