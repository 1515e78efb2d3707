import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { v7 } from 'uuid';
import type { Redis as RedisClient } from 'ioredis';
import type { EngineDeps } from '../../server/src/delivery/embedded-engine';
import type { Engine } from '../../server/src/delivery/ports';
import { createBullEngine } from '../../server/src/strapi/adapters/bullmq-engine';
import { createPostgresDatabase, postgresConfig, type TestDatabase } from '../../tests/support/knex-ledger';
import { messageOf, runnerOf, setUp } from '../support/dispatcher';
import { startGateway } from '../support/gateway-process';
import { figure, type Figure } from '../support/report';
import { waitUntil } from '../support/wait';

const MESSAGES = 2_000;
const IN_FLIGHT = 50;
const REDIS = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379/0';

interface Site {
  readonly database: TestDatabase;
  readonly apiUrl: string;
}

const queue = async ({ database, apiUrl }: Site): Promise<void> => {
  await database.clear();
  const { ledger, account } = setUp(database.knex, apiUrl);
  await ledger.accounts.ensure(account, Date.now());
  await ledger.messages.insertNew(Array.from({ length: MESSAGES }, (_, n) => messageOf(n, account.key)));
};

const untilAccepted = ({ database, apiUrl }: Site): Promise<void> => {
  const { ledger } = setUp(database.knex, apiUrl);
  return waitUntil(async () => ((await ledger.messages.countByState()).accepted ?? 0) >= MESSAGES, 50);
};

const said = (child: ChildProcess, word: string): Promise<void> =>
  new Promise((resolve, reject) => {
    child.on('message', (heard) => heard === word && resolve());
    child.once('exit', (code) => reject(new Error(`A dispatcher ended with ${code}`)));
  });

/** Messages a second that so many processes send together. */
const withProcesses = async (site: Site, count: number): Promise<number> => {
  await queue(site);
  const current = await site.database.knex.raw<{ rows: { name: string }[] }>('select current_database() as name');
  const order = JSON.stringify({
    knex: postgresConfig(current.rows[0]?.name ?? ''),
    apiUrl: site.apiUrl,
    inFlight: IN_FLIGHT,
  });
  const children = Array.from({ length: count }, () =>
    fork(path.join(__dirname, '../support/dispatcher-child.ts'), [order], {
      execArgv: ['-r', path.join(__dirname, '../register.cjs')],
    }),
  );
  await Promise.all(children.map((child) => said(child, 'ready')));
  const began = performance.now();
  children.forEach((child) => child.send('start'));
  await untilAccepted(site);
  const rate = (MESSAGES / (performance.now() - began)) * 1_000;
  await Promise.all(
    children.map((child) => {
      child.send('stop');
      return new Promise((resolve) => child.once('exit', resolve));
    }),
  );
  return rate;
};

const inThisProcess = async (site: Site, engine?: (deps: EngineDeps) => Engine): Promise<number> => {
  await queue(site);
  const setup = setUp(site.database.knex, site.apiUrl, {
    sending: { inFlight: IN_FLIGHT },
    ...(engine ? { engine } : {}),
  });
  const runner = runnerOf(setup);
  const began = performance.now();
  await runner.start();
  await untilAccepted(site);
  const rate = (MESSAGES / (performance.now() - began)) * 1_000;
  await runner.stop(5_000);
  return rate;
};

const openRedis = async (): Promise<RedisClient | null> => {
  const { Redis } = await import('ioredis');
  const redis = new Redis(REDIS, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
  redis.on('error', () => undefined); // told by connect()
  try {
    await redis.connect();
    return redis;
  } catch {
    return null;
  }
};

const withBullMq = async (site: Site): Promise<number | null> => {
  const redis = await openRedis();
  if (!redis) return null;
  const prefix = `svitsms-bench-${v7()}`;
  // The engine is made before the parts it needs are known: the runner hands them over.
  let made: Promise<Engine> | null = null;
  const later = (deps: EngineDeps): Engine => {
    made = createBullEngine(deps, { url: REDIS, prefix, consume: true });
    let engine: Engine | null = null;
    return {
      start: async (...args) => {
        engine = await made;
        await engine?.start(...args);
      },
      nudge: (nudge) => engine?.nudge(nudge),
      stop: async (ms) => await engine?.stop(ms),
      health: () => engine?.health() ?? { running: false, lastTurnAt: null, detail: null },
    };
  };
  try {
    return await inThisProcess(site, later);
  } finally {
    const keys = await redis.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  }
};

/** Several processes over one ledger, and the engine on Redis. Printed: two processors cannot show how it scales. */
export const engines = async (): Promise<Figure[]> => {
  const database = await createPostgresDatabase().catch(() => null);
  if (!database) {
    console.log('PostgreSQL does not answer; the figures of the engines are left out');
    return [];
  }
  const gateway = await startGateway(18_092);
  const site: Site = { database, apiUrl: gateway.apiUrl };
  const perSecond = (rate: number): string => `${rate.toFixed(0)}/s`;
  try {
    await inThisProcess(site);
    const embedded = await inThisProcess(site);
    const bull = await withBullMq(site);
    const one = await withProcesses(site, 1);
    const two = await withProcesses(site, 2);
    const four = await withProcesses(site, 4);
    return [
      figure('Two dispatchers against one, PostgreSQL', two / one, {
        detail: `${perSecond(two)} against ${perSecond(one)}`,
      }),
      figure('Four dispatchers against one, PostgreSQL', four / one, {
        detail: `${perSecond(four)} against ${perSecond(one)}`,
      }),
      ...(bull === null
        ? []
        : [
            figure('BullMQ on Redis against the embedded engine, PostgreSQL', bull / embedded, {
              detail: `${perSecond(bull)} against ${perSecond(embedded)}`,
            }),
          ]),
    ];
  } finally {
    await gateway.stop();
    await database.destroy();
  }
};
