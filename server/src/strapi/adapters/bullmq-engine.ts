import type * as BullMq from 'bullmq';
import type * as Ioredis from 'ioredis';
import type { Job, Queue, Worker } from 'bullmq';
import { closedNow } from '../../delivery/pauses';
import type { EngineDeps } from '../../delivery/embedded-engine';
import { createLoop } from '../../delivery/loop';
import type { Engine, Nudge } from '../../delivery/ports';
import type { SubmissionId } from '../../domain/brands';

export interface BullEngineOptions {
  /** redis://host:port/db */
  readonly url: string;
  /** Keeps the keys of several sites on one Redis apart. */
  readonly prefix: string;
  /** Only workers take jobs; a web process adds them. */
  readonly consume: boolean;
}

const QUEUE = 'submissions';
const SUBMISSION = 'submission';
const WAKE = 'wake';
/** Sealed submissions announced in one sweep; more wait in the ledger. */
const SWEEP = 500;
/** Jobs leave no trace in Redis: the ledger is the history, and a remembered id could not be announced again. */
const JOB = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

interface Data {
  readonly id?: string;
  readonly nudge?: Nudge;
}

/**
 * Scale-out on Redis: a fleet of workers, one pace for all, existing dashboards. A job carries only a submission's id; the
 * handler begins with the ledger's compare-and-set, so a job that runs twice sends once. A sweeper announces sealed
 * submissions again, so losing all of Redis costs delay only.
 */
export const createBullEngine = async (deps: EngineDeps, options: BullEngineOptions): Promise<Engine> => {
  const { bull, ioredis } = await loadPackages();
  const { url, prefix, consume } = options;
  const redis = new ioredis.Redis(url, { maxRetriesPerRequest: null });
  const queue: Queue<Data> = new bull.Queue(QUEUE, { connection: redis, prefix });
  /** While Redis is away nothing is added, or it would pile up in memory; the sweeper comes back to it. */
  const reachable = (): boolean => redis.status === 'ready';
  let trouble: string | null = null;
  const note = (error: Error): void => {
    if (!trouble) deps.log.warn('Redis is out of reach; messages wait in the ledger until it is back');
    trouble = error.message;
  };
  /** Redis is there (again): what was not announced meanwhile is announced now. */
  const ready = (): void => {
    trouble = null;
    loop.wake();
  };
  redis.on('error', note);
  redis.on('ready', ready);
  queue.on('error', note);
  let worker: Worker<Data> | null = null;

  const announce = async (ids: readonly SubmissionId[]): Promise<void> => {
    await queue.addBulk(ids.map((id) => ({ name: SUBMISSION, data: { id }, opts: { ...JOB, jobId: id } })));
  };

  const sweep = async (): Promise<number> => {
    const idle = deps.sending.pollIntervalMs;
    const account = deps.accounts.current();
    if (!account || !reachable()) return idle;
    const closed = await closedNow(deps.ledger, account.key);
    if (closed.account) return idle;
    const sealed = await deps.ledger.submissions.sealed({
      account: account.key,
      limit: SWEEP,
      exceptAlphanames: closed.alphanames,
    });
    const fresh = sealed.filter(({ expiresAt }) => expiresAt > deps.clock.now());
    if (fresh.length > 0) await announce(fresh.map(({ id }) => id)).catch(note);
    return idle;
  };
  const loop = createLoop('announcing', sweep, deps.log, () => deps.clock.now());

  return {
    start: (handler, wake) => {
      if (!consume) return Promise.resolve();
      worker = new bull.Worker<Data>(
        QUEUE,
        async ({ name, data }: Job<Data>) => {
          if (name === WAKE && data.nudge) wake?.(data.nudge);
          else if (data.id) await handler([data.id as SubmissionId]); // written by `announce`
        },
        {
          connection: redis,
          prefix,
          concurrency: deps.sending.inFlight,
          limiter: limiterOf(deps.sending.requestsPerSecond),
        },
      );
      worker.on('error', note);
      loop.start();
      return Promise.resolve();
    },
    nudge: (nudge) => {
      if (nudge.kind === 'submission') {
        loop.wake();
        return;
      }
      if (reachable()) queue.add(WAKE, { nudge }, { ...JOB, jobId: `${WAKE}-${nudge.kind}` }).catch(note);
    },
    stop: async (drainMs) => {
      await loop.stop();
      const closing = worker?.close() ?? Promise.resolve();
      await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
      await Promise.allSettled([worker?.close(true), queue.close()]);
      redis.disconnect();
    },
    health: () => ({ running: worker !== null || !consume, lastTurnAt: loop.lastTurnAt(), detail: trouble }),
  };
};

/** BullMQ counts whole jobs: less than one a second becomes one in a longer time. */
const limiterOf = (perSecond: number): { max: number; duration: number } =>
  perSecond >= 1 ? { max: Math.floor(perSecond), duration: 1_000 } : { max: 1, duration: Math.ceil(1_000 / perSecond) };

const loadPackages = async (): Promise<{ bull: typeof BullMq; ioredis: typeof Ioredis }> => {
  try {
    return { bull: await import('bullmq'), ioredis: await import('ioredis') };
  } catch (cause) {
    throw new Error('The engine "bullmq" needs two packages: npm install bullmq ioredis', { cause });
  }
};
