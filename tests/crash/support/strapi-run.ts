import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import { TEXT_RULE } from './child-config';
import { createEmptyDatabase, type Kind } from './databases';
import { untilDrained } from './drain';
import { judge, type Verdict } from './oracle';
import { slowDown, startChild, startSimulatorProcess, type Child, type SimulatorProcess } from './processes';
import { seededRandom } from './random';

/** What a Strapi child is told on its command line, as JSON. */
export interface StrapiChildConfig {
  readonly dir: string;
  /** Strapi's connection settings; null: SQLite in the folder. */
  readonly connection: Record<string, unknown> | null;
  readonly endpoint: string;
  readonly text: string;
  readonly name: string;
  readonly seed: number;
  readonly orders: number;
  readonly clockOffsetMs: number;
}

export interface StrapiRun {
  readonly kills: number;
  readonly verdict: Verdict;
}

/** Requests that one Strapi has under way at most. */
export const STRAPI_IN_FLIGHT = 6;

/** Longer than the lease of a request (60 s and half a minute), so that the last child looks after what others left. */
const AHEAD_MS = 120_000;
const LOAD_MS = 1_200;
const DRAIN_MS = 90_000;

/** Kills real Strapi processes while a shop in them takes orders; the last one finishes what they left. */
export const strapiRun = async (kind: Kind, kills: number, seed: number): Promise<StrapiRun> => {
  const random = seededRandom(seed);
  const dir = await mkdtemp(path.join(tmpdir(), 'svitsms-crash-strapi-'));
  const database = await createEmptyDatabase(kind, path.join(dir, 'data.db'));
  const simulator = await startSimulatorProcess(path.join(dir, 'gateway.jsonl'));
  const start = (count: number, orders: number, clockOffsetMs: number): Child =>
    startChild(
      'strapi-child.ts',
      configOf({ dir, database: database.strapi, simulator, seed, count, orders, clockOffsetMs }),
    );
  try {
    await slowDown(simulator);
    for (let kill = 1; kill <= kills; kill++) {
      const child = start(kill, 10_000, 0);
      await child.ready;
      await new Promise((resolve) => setTimeout(resolve, random() * LOAD_MS));
      child.kill();
      if ((await child.ended) !== 'SIGKILL') throw new Error(`Strapi ended by itself: ${child.complaints()}`);
    }
    const last = start(kills + 1, 0, AHEAD_MS);
    await last.ready;
    const knex = database.connect();
    await drain(knex, last);
    last.kill();
    await last.ended;
    return { kills, verdict: await judge(knex, simulator.logFile, 'orders') };
  } finally {
    await simulator.stop();
    await database.destroy();
    await rm(dir, { recursive: true, force: true });
  }
};

const configOf = (given: {
  dir: string;
  database: Record<string, unknown> | null;
  simulator: SimulatorProcess;
  seed: number;
  count: number;
  orders: number;
  clockOffsetMs: number;
}): StrapiChildConfig => ({
  dir: given.dir,
  connection: given.database,
  endpoint: given.simulator.apiUrl,
  text: TEXT_RULE,
  name: `s${String(given.count)}`,
  seed: given.seed * 1_000 + given.count * 100,
  orders: given.orders,
  clockOffsetMs: given.clockOffsetMs,
});

const drain = async (knex: Knex, child: Child): Promise<void> => {
  const ledger = createKnexLedger(knex);
  const account: { account_key: string } | undefined = await knex('svitsms_accounts').first();
  await untilDrained(
    { ledger, knex, account: account?.account_key ?? '' },
    () => {
      if (child.process.exitCode !== null) throw new Error(`The last Strapi ended by itself: ${child.complaints()}`);
    },
    DRAIN_MS,
  );
};
