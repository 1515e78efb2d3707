import { startSimulator, type NewFault, type Simulator, type SimulatorOptions } from '../../../simulator';
import { planDue } from '../../../server/src/delivery/plan';
import type { Account, Ledger, SendingConfig } from '../../../server/src/delivery/ports';
import { createSender } from '../../../server/src/delivery/send';
import { sendOne } from '../../../server/src/delivery/send-now';
import type { RunnerDeps } from '../../../server/src/delivery/runner';
import type { SubmissionId } from '../../../server/src/domain/brands';
import type { Message } from '../../../server/src/domain/message';
import type { Submission } from '../../../server/src/domain/submission';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import type { Knex } from 'knex';
import { keepLine } from '../../support/test-logs';
import { numberIn, phoneOf, textOf } from './child-config';
import { ACCOUNT, createChildRunner } from './child-runner';

export interface SiteOptions {
  readonly knex: Knex;
  readonly simulator: Simulator;
  readonly owner?: string;
  readonly soleInstance?: boolean;
  readonly requestTimeoutMs?: number;
  readonly sending?: Partial<SendingConfig>;
}

/** A process of the plugin in this process: real store, real client, and its use cases called one by one. */
export interface Site {
  readonly deps: RunnerDeps;
  readonly ledger: Ledger;
  readonly account: Account;
  /** Moves this process's clock. */
  skip(ms: number): void;
  /** Writes one message that is due. */
  write(number: string): Promise<Message>;
  /** Seals what is due; returns the ids of all sealed requests. */
  plan(): Promise<SubmissionId[]>;
  /** Posts sealed requests and records what became of them. */
  send(ids: readonly SubmissionId[]): Promise<void>;
  message(number: string): Promise<Message>;
  submissionOf(message: Message): Promise<Submission>;
}

/** Half a second: faults that never answer must not make the suite slow. */
const REQUEST_TIMEOUT_MS = 500;

export const openSite = async (options: SiteOptions): Promise<Site> => {
  let offset = 0;
  const clock = { now: () => Date.now() + offset };
  const ledger = createKnexLedger(options.knex);
  const config = {
    knex: {},
    endpoint: options.simulator.apiUrl,
    owner: options.owner ?? 'here',
    seed: 1,
    orders: 0,
    batch: null,
    plan: null,
    mistake: null,
    clockOffsetMs: 0,
    soleInstance: options.soleInstance ?? true,
    inFlight: 200,
    requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    leases: { decideMs: 1_000, answerMarginMs: 500, choreMs: 1_000 },
    idleTransactionMs: 15_000,
  };
  const made = createChildRunner(config, options.knex, () => undefined);
  const log = { info: keepLine, warn: keepLine, error: keepLine };
  const deps: RunnerDeps = { ...made.deps, ledger, clock, log, sending: { ...made.deps.sending, ...options.sending } };
  const account = deps.accounts.current();
  if (!account) throw new Error('The child has an account');
  await ledger.accounts.ensure(account, clock.now());
  const send = createSender(deps);
  const find = async (number: string): Promise<Message> => {
    const { results } = await ledger.messages.list({}, { page: 1, pageSize: 1_000 });
    const found = results.find(({ text }) => numberIn(text) === number);
    if (!found) throw new Error(`There is no message ${number}`);
    return found;
  };
  let count = 0;
  return {
    deps,
    ledger,
    account,
    skip: (ms) => {
      offset += ms;
    },
    write: async (number) => {
      const request = { to: phoneOf(++count), text: textOf(number), origin: 'code', createdBy: null } as const;
      await sendOne(ledger, request, deps);
      return find(number);
    },
    plan: async () => {
      await planDue(deps, account);
      const sealed = await ledger.submissions.sealed({ account: ACCOUNT, limit: 1_000, exceptAlphanames: [] });
      return sealed.map(({ id }) => id);
    },
    send,
    message: find,
    submissionOf: async (message) => {
      const submission = message.submissionId ? await ledger.submissions.get(message.submissionId) : null;
      if (!submission) throw new Error('This message has no request');
      return submission;
    },
  };
};

/** A gateway that a test can ask how often it was posted to. */
export const openGateway = (options: SimulatorOptions = {}): Promise<Simulator> =>
  startSimulator({ settings: { balance: '1000000', timings: { sentAfterMs: 0, deliveredAfterMs: 0 } }, ...options });

/** How often the gateway was asked to send this text, whatever came of it. */
export const postsOf = (simulator: Simulator): number =>
  simulator.log().filter(({ operation }) => operation === 'SENDSMS').length;

export const acceptedTexts = (simulator: Simulator): string[] =>
  simulator.log().flatMap(({ accepted }) => accepted.map(({ text }) => numberIn(text)));

/** A fault for requests that send, once. */
export const sendFault = (fault: NewFault): NewFault => ({ ...fault, match: { operation: 'SENDSMS', ...fault.match } });
