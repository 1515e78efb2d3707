import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Leases } from '../../../server/src/delivery/leases';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import type { ChildConfig } from './child-config';
import { ACCOUNT } from './child-runner';
import { createCrashDatabase, type CrashDatabase, type Kind } from './databases';
import { untilDrained } from './drain';
import { judge, type Verdict } from './oracle';
import { slowDown, startDispatcher, startSimulatorProcess, type Child, type SimulatorProcess } from './processes';
import { nameConnections, type NamedConnections } from './named-connections';
import { POINTS } from './points';
import { seededRandom } from './random';
import { scheduleOf, type Ending } from './schedule';
import { sendingRowsOf } from './sending-rows';

export interface KillOptions {
  readonly kind: Kind;
  readonly kills: number;
  readonly seed: number;
  /** Dispatchers that run at the same time; SQLite has one. */
  readonly children: number;
}

export interface Unexplained {
  readonly owner: string | null;
  readonly held: number;
  readonly inDoubt: number;
  readonly reasons: readonly (string | null)[];
}

export interface KillReport {
  readonly kind: Kind;
  readonly seed: number;
  readonly kills: number;
  /** Kills per named point; the others came by time. */
  readonly atPoints: Readonly<Record<string, number>>;
  /** Messages that stood in `sending` under a process when it was killed, over all kills. */
  readonly sendingAtKills: number;
  /** Processes under which more messages are in doubt than they held when they were killed: there should be none. */
  readonly unexplained: readonly Unexplained[];
  readonly seconds: number;
  readonly verdict: Verdict;
}

/** Short, so that what a dead process held is taken up again within the run. */
const LEASES: Leases = { decideMs: 1_500, answerMarginMs: 500, choreMs: 1_000 };
/** A request takes milliseconds here, but a busy machine may stand still for seconds, and then no answer must count as lost. */
const REQUEST_TIMEOUT_MS = 15_000;
/** A point that a child did not come by in this time is left for another one; the kill counts as one by time. */
const POINT_WAIT_MS = 5_000;
const TRIES_PER_POINT = 5;
/** Drain: leases end, questions about deliveries come after five seconds, then every message is asked about. */
const DRAIN_MS = 40_000;
const DRAIN_PER_KILL_MS = 2_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills dispatchers under load until the schedule is done, lets the last one finish, and compares all accounts. */
export const killRun = async (options: KillOptions): Promise<KillReport> => {
  const began = Date.now();
  const folder = await mkdtemp(path.join(tmpdir(), 'svitsms-crash-'));
  const database = await createCrashDatabase(options.kind);
  const simulator = await startSimulatorProcess(path.join(folder, 'gateway.jsonl'));
  const connections = nameConnections(database);
  try {
    await slowDown(simulator);
    const run = new Run(options, database, connections, simulator);
    await run.kill();
    await simulator.control('DELETE', '/faults');
    await run.drain();
    const verdict = await judge(database.knex, simulator.logFile);
    return {
      ...run.counts(),
      unexplained: run.unexplained(verdict.inDoubt),
      seconds: (Date.now() - began) / 1_000,
      verdict,
    };
  } finally {
    await simulator.stop();
    await connections.close();
    await database.destroy();
    await rm(folder, { recursive: true, force: true });
  }
};

class Run {
  readonly #random: () => number;
  readonly #queue: Ending[];
  readonly #atPoints = new Map<string, number>(POINTS.map((point) => [point, 0]));
  #born = 0;
  #kills = 0;
  /** By process: what it held in `sending` when it was killed. */
  readonly #held = new Map<string, number>();

  constructor(
    private readonly options: KillOptions,
    private readonly database: CrashDatabase,
    private readonly connections: NamedConnections,
    private readonly simulator: SimulatorProcess,
  ) {
    this.#random = seededRandom(options.seed);
    this.#queue = scheduleOf(options.kills, this.#random);
  }

  unexplained(inDoubt: Verdict['inDoubt']): Unexplained[] {
    return [...new Set(inDoubt.map(({ owner }) => owner))].flatMap((owner) => {
      const own = inDoubt.filter((row) => row.owner === owner);
      const held = this.#held.get(owner ?? '') ?? 0;
      if (own.length <= held) return [];
      return [{ owner, held, inDoubt: own.length, reasons: [...new Set(own.map(({ reason }) => reason))] }];
    });
  }

  counts(): Omit<KillReport, 'verdict' | 'seconds' | 'unexplained'> {
    const { kind, seed } = this.options;
    return {
      kind,
      seed,
      kills: this.#kills,
      atPoints: Object.fromEntries(this.#atPoints),
      sendingAtKills: [...this.#held.values()].reduce((sum, held) => sum + held, 0),
    };
  }

  async kill(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.children }, () => this.#slot()));
  }

  async drain(): Promise<void> {
    const child = startDispatcher(await this.#config({ orders: 0, batch: null, plan: null }));
    try {
      await child.ready;
      await untilDrained(
        { ledger: createKnexLedger(this.database.knex), knex: this.database.knex, account: ACCOUNT },
        () => assertAlive(child),
        DRAIN_MS + DRAIN_PER_KILL_MS * this.#kills,
      );
    } finally {
      child.kill();
      await child.ended;
    }
  }

  /** One place for a child: the next is born when the last is dead. */
  async #slot(): Promise<void> {
    for (let ending = this.#queue.shift(); ending; ending = this.#queue.shift()) {
      const plan = ending.kind === 'point' ? ending.plan : null;
      const config = await this.#config({ orders: 60, batch: Math.floor(this.#born / 4), plan });
      const child = startDispatcher(config);
      await this.#end(child, ending);
      const signal = await child.ended;
      if (signal !== 'SIGKILL') throw new Error(`A child ended by itself: ${child.complaints()}`);
      this.#kills++;
      await this.connections.gone(config.owner);
      this.#held.set(config.owner, await sendingRowsOf(this.database.knex, config.owner));
    }
  }

  async #end(child: Child, ending: Ending): Promise<void> {
    if (ending.kind === 'time') {
      if (ending.from === 'ready') await child.ready;
      await sleep(ending.afterMs);
      child.kill();
      return;
    }
    const { point } = ending.plan;
    await child.ready;
    if (await Promise.race([child.ended.then(() => true), sleep(POINT_WAIT_MS).then(() => false)])) {
      this.#atPoints.set(point, (this.#atPoints.get(point) ?? 0) + 1);
      return;
    }
    child.kill();
    if (ending.tries < TRIES_PER_POINT) this.#queue.push({ ...ending, tries: ending.tries + 1 });
  }

  async #config(own: Pick<ChildConfig, 'orders' | 'batch' | 'plan'>): Promise<ChildConfig> {
    const owner = `p${String(++this.#born)}`;
    return {
      ...own,
      owner,
      knex: await this.connections.configOf(owner),
      endpoint: this.simulator.apiUrl,
      seed: this.options.seed * 10_000 + this.#born,
      mistake: null,
      clockOffsetMs: 0,
      soleInstance: this.options.kind === 'SQLite',
      inFlight: 6,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      leases: LEASES,
      idleTransactionMs: 15_000,
    };
  }
}

const assertAlive = (child: Child): void => {
  if (child.process.exitCode !== null) throw new Error(`The last child ended by itself: ${child.complaints()}`);
};
