import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { probeSoon } from '../../../server/src/delivery/pauses';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import type { ChildConfig } from './child-config';
import { ACCOUNT } from './child-runner';
import { untilDrained } from './drain';
import { judge, type Verdict } from './oracle';
import { startDispatcher, startSimulatorProcess, type Child, type SimulatorProcess } from './processes';

/** A database with its tables; see databases.ts. */
interface Database {
  readonly knex: Knex;
  readonly config: Knex.Config;
  destroy(): Promise<void>;
}

/** Several dispatchers on one database and a gateway in a process of its own, for scripted trouble. */
export interface CrashShop {
  readonly knex: Knex;
  readonly simulator: SimulatorProcess;
  /** Starts one more dispatcher. */
  start(options: Partial<ChildConfig>): Promise<Child>;
  /** A person presses "check now": the breaker takes deaths for lost answers and would pause for half a minute. */
  press(): Promise<void>;
  /** Waits until nothing is under way, ends all dispatchers and compares all accounts of what happened. */
  finish(timeoutMs: number): Promise<Verdict>;
  close(): Promise<void>;
}

/** Leases of a second: what a halted process held is taken up again while the test watches. */
const SHORT = {
  requestTimeoutMs: 800,
  leases: { decideMs: 800, answerMarginMs: 200, choreMs: 500 },
  idleTransactionMs: 1_500,
};

export const openCrashShop = async (database: Database): Promise<CrashShop> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'svitsms-crash-'));
  const simulator = await startSimulatorProcess(path.join(folder, 'gateway.jsonl'));
  const { knex } = database;
  const ledger = createKnexLedger(knex);
  const children: Child[] = [];
  const end = async (): Promise<void> => {
    for (const child of children) child.kill();
    await Promise.all(children.map(({ ended }) => ended));
  };
  return {
    knex,
    simulator,
    start: async (options) => {
      const number = children.length + 1;
      const child = startDispatcher({
        knex: database.config,
        endpoint: simulator.apiUrl,
        owner: `p${String(number)}`,
        seed: number,
        orders: 0,
        batch: null,
        plan: null,
        mistake: null,
        clockOffsetMs: 0,
        soleInstance: false,
        inFlight: 6,
        ...SHORT,
        ...options,
      });
      children.push(child);
      await child.ready;
      return child;
    },
    press: () => probeSoon({ ledger, clock: { now: () => Date.now() }, random: Math.random, log: console }, ACCOUNT),
    finish: async (timeoutMs) => {
      const alive = (): void => {
        const dead = children.find(({ process }) => process.exitCode !== null);
        if (dead) throw new Error(`A dispatcher ended by itself: ${dead.complaints()}`);
      };
      await untilDrained({ ledger, knex, account: ACCOUNT }, alive, timeoutMs);
      await end();
      return judge(knex, simulator.logFile);
    },
    close: async () => {
      await end();
      await simulator.stop();
      await database.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
