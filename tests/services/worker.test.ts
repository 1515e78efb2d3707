import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import knexOf, { type Knex } from 'knex';
import { startSimulator, type Simulator } from '../../simulator';
import { eventually } from '../support/eventually';
import { postgresConfig } from '../support/knex-ledger';
import { CREDENTIALS, credentialsOf } from '../support/shop';
import { keepOutput, LOG_LEVEL, recordSecrets, sentFile } from '../support/test-logs';

const ROOT = path.resolve(__dirname, '../..');
const CLI = path.join(ROOT, 'dist/bin/cli/cli.js');
const STRAPI = path.join(ROOT, 'node_modules/@strapi/strapi/bin/strapi.js');
const REDIS = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379/5';
const ORDERS = 12;
/** A Strapi that makes its tables on a busy machine. */
const STARTED_WITHIN_MS = 90_000;

interface Program {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const start = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Program => {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('SVITSMS_'));
  const child = spawn(process.execPath, args, { cwd, env: { ...Object.fromEntries(own), ...env } });
  let output = '';
  keepOutput('program', child.stdout, child.stderr);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  return { child, output: () => output, ended };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo; // a TCP server's address is an object
      server.close(() => resolve(port));
    });
  });

const write = (dir: string, files: Readonly<Record<string, unknown>>): void => {
  for (const [name, content] of Object.entries(files)) {
    const full = path.join(dir, name);
    mkdirSync(path.dirname(full), { recursive: true });
    const js = name.endsWith('.js') && typeof content !== 'string';
    writeFileSync(
      full,
      typeof content === 'string' ? content : `${js ? 'module.exports = ' : ''}${JSON.stringify(content)}`,
    );
  }
};

const SCHEMA = {
  kind: 'collectionType',
  collectionName: 'orders',
  info: { singularName: 'order', pluralName: 'orders', displayName: 'order' },
  attributes: { number: { type: 'string' }, phone: { type: 'string' } },
};
const RULE = { key: 'placed', uid: 'api::order.order', event: 'created', to: 'phone', text: 'Order {{ number }}' };
/** Takes an order without the ceremony of permissions. */
const INDEX = `module.exports = { register: ({ strapi }) => strapi.server.routes([{ method: 'POST', path: '/place/:number', config: { auth: false },
  handler: async (ctx) => { ctx.body = await strapi.documents('api::order.order').create({ data: { number: ctx.params.number, phone: '+38067000' + ctx.params.number } }); } }]) };`;

/** A Strapi project with the built plugin, as an owner has it. */
const writeProject = (
  dir: string,
  { database, port, prefix }: { database: string; port: number; prefix: string },
): void => {
  const { connection } = postgresConfig(database);
  write(dir, {
    'package.json': {
      name: 'worker-shop',
      version: '0.0.0',
      strapi: { uuid: false },
      dependencies: { '@strapi/strapi': '5' },
    },
    'config/server.js': { host: '127.0.0.1', port, app: { keys: ['a'] }, logger: { updates: { enabled: false } } },
    'config/admin.js': {
      serveAdminPanel: false,
      auth: { secret: 's' },
      apiToken: { salt: 's' },
      transfer: { token: { salt: 's' } },
    },
    'config/logger.js': { level: LOG_LEVEL },
    'config/database.js': { connection: { client: 'postgres', connection } },
    'config/middlewares.js': ['errors', 'security', 'cors', 'query', 'body', 'session', 'favicon', 'public'].map(
      (name) => `strapi::${name}`,
    ),
    'config/plugins.js': {
      'users-permissions': { config: { jwtSecret: 'test' } },
      svitsms: {
        enabled: true,
        resolve: ROOT,
        config: {
          engine: { kind: 'bullmq', redis: REDIS, prefix },
          sending: { inFlight: 1, pollIntervalMs: 200 },
          rules: [RULE],
        },
      },
    },
    'src/index.js': INDEX,
    'src/api/order/content-types/order/schema.json': SCHEMA,
  });
  mkdirSync(path.join(dir, 'public/uploads'), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(dir, 'node_modules'));
};

describe('strapi-plugin-svitsms worker', () => {
  const database = `svitsms_worker_${process.pid}`;
  const prefix = `svitsms-worker-${process.pid}`;
  const programs: Program[] = [];
  const redis = new Redis(REDIS);
  let dir = '';
  let simulator: Simulator;
  let knex: Knex;
  let admin: Knex;

  /** All with the environment of the web process, as in one deployment; the worker knows its role by itself. */
  const run = (args: readonly string[], cwd = dir): Program => {
    const env = { ...credentialsOf(simulator), SVITSMS_ROLE: 'web', NODE_ENV: 'production' };
    recordSecrets(env);
    const program = start(args, cwd, env);
    programs.push(program);
    return program;
  };
  const untilSaid = (program: Program, words: string): Promise<unknown> =>
    eventually(
      () => [program.output(), program.child.exitCode] as const,
      ([output, code]) => {
        if (code !== null) throw new Error(`It ended with ${code} instead of saying "${words}":\n${output}`);
        return output.includes(words);
      },
      STARTED_WITHIN_MS,
    );

  beforeAll(async () => {
    for (const file of ['dist/server/index.js', 'dist/bin/cli/cli.js'])
      if (!existsSync(path.join(ROOT, file))) throw new Error(`${file} is missing; run "npm run build" first`);
    dir = mkdtempSync(path.join(tmpdir(), 'svitsms-worker-'));
    simulator = await startSimulator({ logFile: sentFile(), settings: { credentials: CREDENTIALS } });
    admin = knexOf({ ...postgresConfig('postgres'), pool: { min: 0, max: 1 } });
    await admin.raw(`create database ${database}`);
    knex = knexOf(postgresConfig(database));
  });
  afterAll(async () => {
    for (const { child } of programs) if (child.exitCode === null) child.kill('SIGKILL');
    await Promise.all(programs.map(({ ended }) => ended));
    await knex?.destroy();
    await admin?.raw(`drop database if exists ${database} with (force)`);
    await admin?.destroy();
    await simulator?.close();
    const keys = await redis.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
    if (dir) rmSync(dir, { recursive: true, force: true });
  });

  it('says what is wrong outside a Strapi project', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'svitsms-empty-'));
    try {
      const { ended, output } = start([CLI, 'worker'], empty, {});
      expect([await ended, output()]).toEqual([2, expect.stringContaining(`There is no Strapi project in ${empty}`)]);
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });

  it('two of them send what a web process took, each order once, and stop when asked', async () => {
    const port = await freePort();
    writeProject(dir, { database, port, prefix });
    const web = run([STRAPI, 'start']);
    const answers = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/_health`).then(
        ({ ok }) => ok,
        () => false,
      );
    await eventually(
      answers,
      (up) => {
        if (web.child.exitCode !== null) throw new Error(`Strapi ended at its start:\n${web.output()}`);
        return up;
      },
      STARTED_WITHIN_MS,
    );
    const numbers = Array.from({ length: ORDERS }, (_, index) => String(1000 + index));
    for (const number of numbers) {
      const answer = await fetch(`http://127.0.0.1:${port}/place/${number}`, { method: 'POST' });
      expect(answer.status).toBe(200);
    }
    expect(await knex('svitsms_intents').where({ state: 'pending' })).toHaveLength(ORDERS);
    expect(simulator.log()).toEqual([]);

    const workers = [run([CLI, 'worker']), run([CLI, 'worker', '--dir', dir], ROOT)];
    await Promise.all(workers.map((worker) => untilSaid(worker, 'worker is sending')));
    const sent = async (): Promise<number> =>
      (await knex('svitsms_messages').whereIn('state', ['accepted', 'sent', 'delivered'])).length;
    await eventually(sent, (count) => count === ORDERS, 20_000);
    const texts = simulator.control.messages().map(({ text }) => text);
    expect([...texts].sort()).toEqual(numbers.map((number) => `Order ${number}`));

    const asked = Date.now();
    for (const { child } of [...workers, web]) child.kill('SIGTERM');
    const codes = await Promise.all(workers.map(({ ended }) => ended));
    expect([codes, ...workers.map(({ output }) => output())]).toEqual([[0, 0], expect.any(String), expect.any(String)]);
    // Nothing is on its way, so there is nothing to wait for.
    expect(Date.now() - asked).toBeLessThan(8_000);
    await web.ended;
    const owners = await knex('svitsms_submissions').distinct('owner');
    expect(owners).toHaveLength(2);
    // Three starts of Strapi, the first of which makes its tables.
  }, 180_000);
});
