import { DateTime } from 'luxon';
import { createParker } from '../../server/src/delivery/abandoned';
import { adoptWaiting, expireWaiting, probe } from '../../server/src/delivery/chores';
import { decideDue } from '../../server/src/delivery/decide';
import { closedNow } from '../../server/src/delivery/pauses';
import { planDue } from '../../server/src/delivery/plan';
import type { Account, Accounts, Entries, Intent, Ledger, Pause, SendingConfig } from '../../server/src/delivery/ports';
import { reconcileDue } from '../../server/src/delivery/reconcile';
import { createSender } from '../../server/src/delivery/send';
import { sendMany, sendOne, type SendManyRequest, type SendRequest } from '../../server/src/delivery/send-now';
import { createKeyring } from '../../server/src/domain/dedupe-key';
import type { MessageId, SubmissionId } from '../../server/src/domain/brands';
import type { Message } from '../../server/src/domain/message';
import type { Fields, Rule } from '../../server/src/domain/rule';
import type { MessageState } from '../../shared/vocabulary';
import { call, SENDING } from './builders';
import { FakeClock, SECOND } from './fake-clock';
import { FakeGateway } from './fake-gateway';
import { createMemoryLedger } from './memory-ledger';
import { keepLine } from './test-logs';

export interface RigOptions {
  readonly sending?: Partial<SendingConfig>;
  readonly rules?: readonly Rule[];
  /** null: not configured. */
  readonly account?: string | null;
  readonly random?: () => number;
  readonly ledger?: Ledger;
}

/** A site without a database, a network or time of its own: the use cases are called turn by turn. */
const createRig = (options: RigOptions = {}) => {
  const clock = new FakeClock();
  const ledger = options.ledger ?? createMemoryLedger();
  const sending: SendingConfig = { ...SENDING, ...options.sending };
  const rules = new Map((options.rules ?? []).map((rule) => [rule.key, rule]));
  const entries = new Map<string, Fields>();
  const logged: string[] = [];
  const log = (line: string): void => {
    logged.push(line);
    keepLine(line);
  };
  const noticed: { id: MessageId; state: MessageState }[] = [];
  const gateways = new Map<string, FakeGateway>();
  const gatewayOf = (key: string): FakeGateway => {
    const gateway = gateways.get(key) ?? new FakeGateway(clock);
    gateways.set(key, gateway);
    return gateway;
  };
  const accountOf = (key: string): Account => ({
    key,
    endpoint: 'https://gateway.test/api',
    login: key,
    alphaname: sending.defaultAlphaname,
    gateway: gatewayOf(key),
  });
  let current: Account | null = null;
  const accounts: Accounts = { current: () => current };
  const live: Entries = { read: (uid, documentId) => Promise.resolve(entries.get(`${uid} ${documentId}`) ?? null) };
  let serial = 0;
  let processes = 0;

  const deps = {
    ledger,
    clock,
    ids: { next: () => `id-${String(++serial).padStart(9, '0')}` },
    random: options.random ?? (() => 0.5),
    log: { info: log, warn: log, error: log },
    accounts,
    sending,
    rules: { byKey: (key: string) => rules.get(key) ?? null },
    entries: live,
    keyring: createKeyring('a site secret of thirty-two signs'),
    dayOf: (at: number) => DateTime.fromMillis(at, { zone: sending.timeZone }).toISODate() ?? '',
    notices: {
      stateReached: (reached: readonly { id: MessageId; state: MessageState }[]) => void noticed.push(...reached),
    },
    retryLater: () => Promise.resolve(true),
  };
  /** Another process over the same ledger. */
  const startProcess = () => {
    const owned = { ...deps, owner: `process-${++processes}` };
    return { ...owned, send: createSender(owned), park: createParker(owned) };
  };
  let running = startProcess();

  const sealed = async (limit: number): Promise<SubmissionId[]> => {
    if (!current) return [];
    const closed = await closedNow(ledger, current.key);
    if (closed.account) return [];
    const found = await ledger.submissions.sealed({
      account: current.key,
      limit,
      exceptAlphanames: closed.alphanames,
    });
    return found.map(({ id }) => id);
  };

  const rig = {
    deps,
    clock,
    ledger,
    entries,
    logged,
    noticed,
    rules,
    get process() {
      return running;
    },
    /** The gateway of the account in use. */
    get gateway(): FakeGateway {
      return gatewayOf(current?.key ?? 'main');
    },
    gatewayOf,
    /** The old process is gone, whatever it was doing; returns it, for it may not know. */
    restart: () => {
      const old = running;
      running = startProcess();
      return old;
    },
    startProcess,
    /** Other settings of the login; null: none. */
    configure: async (key: string | null): Promise<void> => {
      current = key === null ? null : accountOf(key);
      if (current) await ledger.accounts.ensure(current, clock.now());
    },
    account: (): Account => {
      if (!current) throw new Error('The rig has no account');
      return current;
    },

    send: (request: Partial<SendRequest> = {}) => sendOne(ledger, call(request), deps),
    sendMany: (request: Partial<SendManyRequest> & Pick<SendManyRequest, 'messages'>) =>
      ledger.transaction((inside) =>
        sendMany(inside, { individual: false, origin: 'panel', createdBy: 'Olena', ...request }, deps),
      ),
    /** Many developers' calls in one commit. */
    sendCalls: (count: number) =>
      ledger.transaction(async (inside) => {
        for (let n = 0; n < count; n++) await sendOne(inside, call(), deps);
      }),
    write: (...intents: Intent[]) => ledger.intents.insert(intents),

    chores: async (): Promise<number> => {
      let done = (await running.park()) + (await expireWaiting(running)) + (await adoptWaiting(running));
      if (await probe(running)) done++;
      return done;
    },
    decide: () => decideDue(deps),
    plan: () => (current ? planDue(running, current) : Promise.resolve(0)),
    /** Posts what is sealed, a slot each; returns how many requests were handed over. */
    post: async (): Promise<number> => {
      const ids = await sealed(sending.inFlight);
      await running.send(ids);
      return ids.length;
    },
    ask: () => (current ? reconcileDue(deps, current) : Promise.resolve(0)),
    sealed,
    /** One turn of everything; returns how much happened. */
    turn: async (): Promise<number> => {
      let done = await rig.chores();
      done += await rig.decide();
      done += await rig.plan();
      done += await rig.post();
      return done + (await rig.ask());
    },
    /** Turns until nothing more happens at this moment. */
    settle: async (): Promise<void> => {
      for (let turns = 0; turns < 2_000; turns++) if ((await rig.turn()) === 0) return;
      throw new Error('The site does not come to rest');
    },
    /** Lets time pass in steps, settling after each. */
    pass: async (ms: number, stepMs: number = 10 * SECOND): Promise<void> => {
      const until = clock.now() + ms;
      while (clock.now() < until) {
        clock.advance(Math.min(stepMs, until - clock.now()));
        await rig.settle();
      }
    },

    messages: async (): Promise<readonly Message[]> =>
      [...(await ledger.messages.list({}, { page: 1, pageSize: 100_000 })).results].reverse(),
    message: async (id: string): Promise<Message> => {
      const message = await ledger.messages.get(id as MessageId); // an id of this test
      if (!message) throw new Error(`There is no message ${id}`);
      return message;
    },
    only: async (): Promise<Message> => {
      const [message, ...others] = await rig.messages();
      if (!message || others.length > 0) throw new Error(`${others.length + (message ? 1 : 0)} messages, not one`);
      return message;
    },
    states: () => ledger.messages.countByState(),
    pauses: async (): Promise<Pause['reason'][]> =>
      (await ledger.pauses.list(current?.key ?? '')).map(({ reason }) => reason),
    decisions: async () =>
      [...(await ledger.decisions.list({}, { page: 1, pageSize: 1_000 })).results].map(
        ({ ruleKey, outcome, reason, messageCount }) => ({ ruleKey, outcome, reason, messageCount }),
      ),
    submissionOf: async (message: Message) => {
      const submission = message.submissionId ? await ledger.submissions.get(message.submissionId) : null;
      if (!submission) throw new Error(`Message ${message.id} has no submission`);
      return submission;
    },
  };
  const key = options.account === undefined ? 'main' : options.account;
  // The first statement of the ledger: everything after it waits in line behind it.
  const ready = rig.configure(key);
  return { rig, ready };
};

export type Rig = ReturnType<typeof createRig>['rig'];

/** A site with its account in place. */
export const openRig = async (options: RigOptions = {}): Promise<Rig> => {
  const { rig, ready } = createRig(options);
  await ready;
  return rig;
};
