import { DateTime } from 'luxon';
import type { Knex } from 'knex';
import { v7 } from 'uuid';
import { createEmbeddedEngine } from '../../../server/src/delivery/embedded-engine';
import { createLocalPace, createSharedPace } from '../../../server/src/delivery/pace';
import type { Accounts, Ledger, SendingConfig } from '../../../server/src/delivery/ports';
import { createRunner, type RunnerDeps } from '../../../server/src/delivery/runner';
import { createKeyring } from '../../../server/src/domain/dedupe-key';
import { createGatewayClient } from '../../../server/src/gateway';
import { createSmsGateway } from '../../../server/src/strapi/adapters/svitsms-gateway';
import { createRuleBook, loadRules } from '../../../server/src/strapi/rule-book';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import type { ChildConfig } from './child-config';
import { TEXT_RULE } from './child-config';
import { failingLedger } from './failing-ledger';
import type { Pass } from './points';
import { transportFor } from './wire-points';

export const UID = 'api::order.order';
export const ACCOUNT = 'crash-account';
export const RULE_KEY = 'order-created';
const LOGIN = '380000000000';
const SECRET = 'the secret of a shop that only exists in tests';

const accountsOf = (config: ChildConfig, pass: Pass): Accounts => {
  const options = { endpoint: config.endpoint, timeoutMs: config.requestTimeoutMs };
  const transport = transportFor(config.plan, options, pass);
  const client = createGatewayClient({ ...options, login: LOGIN, password: 'simulator', transport });
  const account = {
    key: ACCOUNT,
    endpoint: client.endpoint,
    login: LOGIN,
    alphaname: 'MyShop',
    gateway: createSmsGateway(client),
  };
  return { current: () => account };
};

const sendingOf = (config: ChildConfig): SendingConfig => ({
  defaultAlphaname: 'MyShop',
  defaultCountry: 'UA',
  inFlight: config.inFlight,
  requestsPerSecond: 10_000,
  requestTimeoutMs: config.requestTimeoutMs,
  lifetimeHours: 24,
  ratePerMinute: 120,
  bulkSize: 100,
  pricePerSegment: null,
  timeZone: 'Europe/Kyiv',
  soleInstance: config.soleInstance,
  pollIntervalMs: 50,
  leases: config.leases,
});

export interface ChildRunner {
  readonly deps: RunnerDeps;
  readonly runner: ReturnType<typeof createRunner>;
}

/** What compose.ts wires for Strapi, without Strapi: it starts in half a second. */
export const createChildRunner = (
  config: ChildConfig,
  knex: Knex,
  pass: Pass,
  overrides: Partial<RunnerDeps> = {},
): ChildRunner => {
  const ledger: Ledger = failingLedger(createKnexLedger(knex, { idleTransactionMs: config.idleTransactionMs }), pass);
  const clock = { now: () => Date.now() + config.clockOffsetMs };
  const log = { info: () => undefined, warn: (m: string) => console.warn(m), error: (m: string) => console.error(m) };
  const accounts = accountsOf(config, pass);
  const sending = sendingOf(config);
  const pace = config.soleInstance
    ? createLocalPace(clock, sending)
    : createSharedPace(ledger.accounts, clock, sending);
  const rule = { key: RULE_KEY, uid: UID, event: 'created', to: 'phone', text: TEXT_RULE } as const;
  const deps: RunnerDeps = {
    ledger,
    clock,
    log,
    accounts,
    sending,
    ids: { next: () => v7() },
    random: Math.random,
    rules: createRuleBook(
      loadRules([{ ...rule, watch: 'published', lane: 'service', delaySeconds: 0, expiryHours: 24 }]),
    ),
    keyring: createKeyring(SECRET),
    engine: createEmbeddedEngine({ ledger, accounts, sending, pace, clock, log }),
    gate: { closed: () => null },
    role: 'all',
    retentionDays: null,
    notices: { stateReached: () => undefined },
    entries: { read: () => Promise.resolve(null) },
    owner: config.owner,
    dayOf: (at) => DateTime.fromMillis(at, { zone: 'Europe/Kyiv' }).toISODate() ?? '',
    retryLater: (tries) => new Promise((resolve) => setTimeout(() => resolve(true), Math.min(1_000, 50 * 2 ** tries))),
    failpoint: (name) => {
      if (name === 'after-sending-commit') pass('C6-sending-committed');
      if (name === 'after-answer') pass('C9-answer-read');
      if (name === 'after-outcome-commit') pass('C11-outcome-committed');
    },
    ...overrides,
  };
  return { deps, runner: createRunner(deps) };
};
