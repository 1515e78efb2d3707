import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { v7 } from 'uuid';
import { createEmbeddedEngine, type EngineDeps } from '../../server/src/delivery/embedded-engine';
import { createLocalPace, createSharedPace } from '../../server/src/delivery/pace';
import type { Account, Engine, Ledger, SendingConfig } from '../../server/src/delivery/ports';
import { createRunner, type RunnerDeps } from '../../server/src/delivery/runner';
import type { Rule } from '../../server/src/domain/rule';
import type { DedupeKey, MessageId } from '../../server/src/domain/brands';
import { createKeyring } from '../../server/src/domain/dedupe-key';
import type { Message } from '../../server/src/domain/message';
import { createGatewayClient, type Transport } from '../../server/src/gateway';
import { createSmsGateway } from '../../server/src/strapi/adapters/svitsms-gateway';
import { createKnexLedger } from '../../server/src/strapi/stores/ledger';

export const LOGIN = '380000000000';
export const PASSWORD = 'simulator';
export const ALPHANAME = 'SMS';

export interface BenchSetup {
  readonly ledger: Ledger;
  readonly deps: RunnerDeps;
  readonly account: Account;
}

const silent = { info: () => undefined, warn: () => undefined, error: (line: string) => console.error(line) };

export interface BenchOptions {
  readonly sending?: Partial<SendingConfig>;
  /** Instead of HTTP. */
  readonly transport?: Transport;
  /** Instead of the embedded engine. */
  readonly engine?: (deps: EngineDeps) => Engine;
  readonly rule?: Rule;
}

/** The plugin's own parts without Strapi: the same ledger, planner, sender and client as in production. */
export const setUp = (knex: Knex, apiUrl: string, options: BenchOptions = {}): BenchSetup => {
  const ledger = createKnexLedger(knex);
  const clock = { now: () => Date.now() };
  const client = createGatewayClient({
    endpoint: apiUrl,
    login: LOGIN,
    password: PASSWORD,
    ...(options.transport ? { transport: options.transport } : {}),
  });
  const account: Account = {
    key: createHash('sha256').update(apiUrl).digest('hex').slice(0, 24),
    endpoint: apiUrl,
    login: LOGIN,
    alphaname: ALPHANAME,
    gateway: createSmsGateway(client),
  };
  const sending: SendingConfig = {
    defaultAlphaname: ALPHANAME,
    defaultCountry: 'UA',
    inFlight: 50,
    requestsPerSecond: 10_000,
    requestTimeoutMs: 60_000,
    lifetimeHours: 24,
    ratePerMinute: 120,
    bulkSize: 100,
    pricePerSegment: null,
    timeZone: 'Europe/Kyiv',
    soleInstance: knex.client.config.client === 'better-sqlite3',
    pollIntervalMs: 200,
    ...options.sending,
  };
  const accounts = { current: () => account };
  const pace = sending.soleInstance
    ? createLocalPace(clock, sending)
    : createSharedPace(ledger.accounts, clock, sending);
  const deps: RunnerDeps = {
    ledger,
    clock,
    ids: { next: () => v7() },
    random: Math.random,
    log: silent,
    accounts,
    sending,
    rules: { byKey: () => options.rule ?? null },
    entries: { read: () => Promise.resolve(null) },
    keyring: createKeyring('benchmark-secret-benchmark-secret'),
    engine: (options.engine ?? createEmbeddedEngine)({ ledger, accounts, sending, pace, clock, log: silent }),
    notices: { stateReached: () => undefined },
    gate: { closed: () => null },
    role: 'all',
    retentionDays: null,
    owner: v7(),
    dayOf: () => '2026-01-01',
    retryLater: () => Promise.resolve(false),
  };
  return { ledger, deps, account };
};

export const runnerOf = (setup: BenchSetup): ReturnType<typeof createRunner> => createRunner(setup.deps);

/** A queued message for the n-th made-up number. */
export const messageOf = (n: number, account: string, patch: Partial<Message> = {}): Message => {
  const id = v7();
  const now = Date.now();
  return {
    id: id as MessageId, // made here for the benchmark only
    dedupeKey: id as unknown as DedupeKey, // any unique text will do
    account,
    lane: 'service',
    origin: 'code',
    ruleKey: null,
    intentId: null,
    batchId: null,
    uid: null,
    documentId: null,
    createdBy: null,
    to: `38067${String(n).padStart(7, '0')}`,
    text: 'Дякуємо! Замовлення A-1 на 100.00 грн прийнято.',
    alphaname: ALPHANAME,
    encoding: 'ucs2',
    segmentCount: 1,
    state: 'queued',
    reason: null,
    detail: null,
    dueAt: now,
    expiresAt: now + 86_400_000,
    createdAt: now,
    submissionId: null,
    campaignId: null,
    gatewayStatus: null,
    statusAt: null,
    acceptedAt: null,
    finalAt: null,
    attempts: 0,
    fence: 0,
    ...patch,
  };
};
