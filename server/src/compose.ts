import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { v7 } from 'uuid';
import type { Knex } from 'knex';
import { createEmbeddedEngine } from './delivery/embedded-engine';
import { createLocalPace, createSharedPace } from './delivery/pace';
import type { Clock, Gate, Ids, Ledger, Log, Notices, SendingConfig } from './delivery/ports';
import { createRunner, type Runner, type RunnerDeps } from './delivery/runner';
import { createKeyring, type Keyring } from './domain/dedupe-key';
import { dayIn } from './domain/zone';
import { createAccounts, gated, type ConfiguredAccounts } from './strapi/adapters/accounts';
import { createBullEngine } from './strapi/adapters/bullmq-engine';
import { createEntries } from './strapi/adapters/entries';
import { createLog } from './strapi/adapters/log';
import { createNotices } from './strapi/adapters/notices';
import { charsetProblem, type CharsetProblem } from './strapi/charset-check';
import { readCredentials, readRole, type Credentials, type PluginConfig } from './strapi/config';
import { createSiteGuard, type SiteGuard } from './strapi/site-guard';
import { MIGRATIONS } from './strapi/migrations';
import { SECRET_KEY } from './strapi/migrations/0001-site-secret';
import { runMigrations } from './strapi/migrations/run';
import { createRuleBook, loadRules, type RuleBook } from './strapi/rule-book';
import { bindLedger, createKnexLedger } from './strapi/stores/ledger';

/** Everything one Strapi instance runs. This is the only file that knows every part. */
export interface Container {
  readonly config: PluginConfig;
  readonly credentials: Credentials;
  readonly accounts: ConfiguredAccounts;
  readonly gate: Gate;
  readonly site: SiteGuard;
  readonly sending: SendingConfig;
  readonly rules: RuleBook;
  readonly ledger: Ledger;
  /** The ledger inside a transaction of Strapi's, so that what it writes is committed with the caller's rows. */
  readonly ledgerIn: (trx: Knex.Transaction) => Ledger;
  readonly keyring: Keyring;
  readonly notices: Notices;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: () => number;
  readonly log: Log;
  readonly runner: Runner;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Ends waits of writes that are being retried. */
  readonly shutDown: AbortController;
}

export const compose = async (strapi: Core.Strapi, config: PluginConfig): Promise<Container> => {
  const clock: Clock = { now: () => Date.now() };
  const ids: Ids = { next: () => v7() };
  const log = createLog(strapi);
  const schema = strapi.db.getSchemaName();
  const where = schema ? { schema } : {};
  const ledger = createKnexLedger(strapi.db.connection, where);
  const credentials = readCredentials(config, process.env);
  const proxy: unknown = strapi.config.get('server.proxy.fetch') ?? strapi.config.get('server.proxy.global');
  const site = await createSiteGuard(strapi, ledger);
  const gate = gateOf(site, await charsetProblem(ledger, delay));
  const configured = createAccounts(credentials, {
    timeoutMs: config.timeoutMs,
    proxyUrl: typeof proxy === 'string' && proxy !== '' ? proxy : undefined,
  });
  const accounts = gated(configured, gate);
  const rules = createRuleBook(loadRules(config.rules));
  const soleInstance = strapi.db.dialect.client === 'sqlite';
  const sending = sendingConfig(config, credentials, soleInstance);
  const owner = randomUUID();
  await runMigrations({ ledger, clock, holder: owner, pause: delay }, MIGRATIONS);
  const keyring = createKeyring((await ledger.settings.get(SECRET_KEY)) ?? '');
  const pace = soleInstance ? createLocalPace(clock, sending) : createSharedPace(ledger.accounts, clock, sending);
  const shutDown = new AbortController();
  const role = readRole(config, process.env);
  const engineDeps = { ledger, accounts, sending, pace, clock, log };
  const engine =
    config.engine.kind === 'embedded'
      ? createEmbeddedEngine(engineDeps)
      : await createBullEngine(engineDeps, {
          url: config.engine.redis,
          prefix: config.engine.prefix,
          consume: role !== 'web',
        });
  const notices = createNotices(strapi, log);
  const deps: RunnerDeps = {
    ledger,
    clock,
    ids,
    random: Math.random,
    log,
    accounts,
    sending,
    rules,
    keyring,
    engine,
    gate,
    role,
    retentionDays: config.retentionDays,
    notices,
    entries: createEntries(strapi),
    owner,
    dayOf: (at) => dayIn(config.timeZone, at),
    retryLater: (tries) => waitUnlessStopped(Math.min(15_000, 250 * 2 ** tries), shutDown.signal),
  };
  const runner = createRunner(deps);
  return {
    config,
    credentials,
    accounts,
    gate,
    site,
    sending,
    rules,
    ledger,
    ledgerIn: (trx) => bindLedger(trx, where),
    keyring,
    notices,
    clock,
    ids,
    random: Math.random,
    log,
    runner,
    startedAt: clock.now(),
    shutDown,
  };
};

/** Reasons of this process to send nothing, the graver one first. */
const gateOf = (site: SiteGuard, charset: CharsetProblem | null): Gate => ({
  closed: () => {
    if (charset) return charset;
    const problem = site.problem();
    return problem ? { reason: 'copied_database', detail: problem } : null;
  },
});

const sendingConfig = (config: PluginConfig, credentials: Credentials, soleInstance: boolean): SendingConfig => ({
  defaultAlphaname: credentials.alphaname,
  defaultCountry: config.defaultCountry,
  inFlight: config.sending.inFlight,
  requestsPerSecond: config.sending.requestsPerSecond,
  requestTimeoutMs: config.timeoutMs,
  lifetimeHours: config.sending.lifetimeHours,
  ratePerMinute: config.sending.ratePerMinute,
  bulkSize: config.sending.bulkSize,
  pricePerSegment: config.pricePerSegment ?? null,
  timeZone: config.timeZone,
  soleInstance,
  pollIntervalMs: config.sending.pollIntervalMs,
});

/** True after the wait, false when the process is stopping. */
const waitUnlessStopped = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
