import { v7 } from 'uuid';
import type { EngineDeps } from '../../server/src/delivery/embedded-engine';
import type { Account, Engine, Ledger, Pause, SendingConfig, SubmitRequest } from '../../server/src/delivery/ports';
import { createLocalPace } from '../../server/src/delivery/pace';
import { planDue } from '../../server/src/delivery/plan';
import { createSender } from '../../server/src/delivery/send';
import type { CampaignId, DedupeKey, MessageId, SubmissionId } from '../../server/src/domain/brands';
import type { Message } from '../../server/src/domain/message';
import { eventually } from './eventually';
import { createMemoryLedger } from './memory-ledger';
import { keepLine } from './test-logs';

/** An engine under test, with ways to disturb it that its kind has. */
export interface Subject {
  readonly engine: Engine;
  /** Loses everything the engine remembers outside the ledger. */
  readonly forget?: () => Promise<void>;
  /** Hands ids to the workers once more, as a broker does after a stall. */
  readonly deliverAgain?: (ids: readonly SubmissionId[]) => Promise<void>;
}
export type MakeSubject = (deps: EngineDeps) => Promise<Subject>;

const KEY = 'account';
const clock = { now: () => Date.now() };
const log = { info: keepLine, warn: keepLine, error: keepLine };

const SENDING: SendingConfig = {
  defaultAlphaname: 'SMS',
  defaultCountry: 'UA',
  inFlight: 4,
  requestsPerSecond: 500,
  requestTimeoutMs: 1_000,
  lifetimeHours: 24,
  ratePerMinute: 120,
  bulkSize: 100,
  pricePerSegment: null,
  timeZone: 'Europe/Kyiv',
  soleInstance: true,
  pollIntervalMs: 50,
};

interface Site {
  readonly ledger: Ledger;
  readonly deps: EngineDeps;
  readonly posts: SubmitRequest[];
  /** Posts under way now, and the most there ever were. */
  readonly load: { now: number; most: number };
  /** While set, posts wait for it. */
  gate: Promise<void> | null;
  readonly send: (ids: readonly SubmissionId[]) => Promise<void>;
  seal(count: number): Promise<SubmissionId[]>;
  accepted(): Promise<number>;
}

const openSite = (overrides: Partial<SendingConfig> = {}): Site => {
  const ledger = createMemoryLedger();
  const sending = { ...SENDING, ...overrides };
  const posts: SubmitRequest[] = [];
  const load = { now: 0, most: 0 };
  let campaign = 0;
  const never = () => Promise.resolve({ kind: 'unavailable' as const, pause: null, detail: 'not asked in this test' });
  const account: Account = {
    key: KEY,
    endpoint: 'http://127.0.0.1',
    login: 'x',
    alphaname: 'SMS',
    gateway: {
      submit: async (request) => {
        posts.push(request);
        load.now++;
        load.most = Math.max(load.most, load.now);
        await (site.gate ?? new Promise((resolve) => setImmediate(resolve)));
        load.now--;
        return {
          kind: 'accepted',
          campaignId: String(++campaign) as CampaignId,
          acceptedAt: null,
          recipients: new Map(request.messages.map(({ recipient }) => [recipient, true])),
        };
      },
      messageStatus: never,
      campaignReport: never,
      balance: never,
      alphanameUsable: never,
    },
  };
  const accounts = { current: () => account };
  const ids = { next: () => v7() };
  const common = { ledger, clock, ids, random: Math.random, log, accounts, sending, owner: v7() };
  const site: Site = {
    ledger,
    deps: { ledger, accounts, sending, clock, log, pace: createLocalPace(clock, sending) },
    posts,
    load,
    gate: null,
    send: createSender({
      ...common,
      notices: { stateReached: () => undefined },
      retryLater: () => Promise.resolve(false),
    }),
    seal: async (count) => {
      await ledger.messages.insertNew(Array.from({ length: count }, (_, n) => messageOf(n)));
      const before = new Set((await sealedIds()).map(String));
      // The planner seals only as much as there is room for, so the rest waits until some have left.
      while ((await planDue(common, account)) > 0);
      return (await sealedIds()).filter((id) => !before.has(id));
    },
    accepted: async () => (await ledger.messages.countByState()).accepted ?? 0,
  };
  const sealedIds = async (): Promise<SubmissionId[]> =>
    (await ledger.submissions.sealed({ account: KEY, limit: 10_000, exceptAlphanames: [] })).map(({ id }) => id);
  return site;
};

let serial = 0;
const messageOf = (n: number): Message => {
  const id = v7();
  const now = Date.now();
  return {
    id: id as MessageId, // an id of this test
    dedupeKey: id as unknown as DedupeKey, // any unique text
    account: KEY,
    lane: 'service',
    origin: 'code',
    ruleKey: null,
    intentId: null,
    batchId: null,
    uid: null,
    documentId: null,
    createdBy: null,
    to: `38067${String(++serial + n).padStart(7, '0')}`,
    text: `text ${serial}`,
    alphaname: 'SMS',
    encoding: 'gsm7',
    segmentCount: 1,
    state: 'queued',
    reason: null,
    detail: null,
    dueAt: now - 1,
    expiresAt: now + 3_600_000,
    createdAt: now,
    submissionId: null,
    campaignId: null,
    gatewayStatus: null,
    statusAt: null,
    acceptedAt: null,
    finalAt: null,
    attempts: 0,
    fence: 0,
  };
};

/** What every engine must do, whatever carries its nudges. */
export const engineContract = (name: string, make: MakeSubject): void => {
  describe(`engine contract: ${name}`, () => {
    const running: Engine[] = [];
    const run = async (site: Site): Promise<Subject> => {
      const subject = await make(site.deps);
      running.push(subject.engine);
      await subject.engine.start(site.send);
      return subject;
    };
    afterEach(async () => {
      await Promise.all(running.splice(0).map((engine) => engine.stop(1_000)));
    });

    it('sends every sealed submission once, without any nudge', async () => {
      const site = openSite();
      await site.seal(12);
      await run(site);
      await eventually(site.accepted, (count) => count === 12);
      expect(new Set(site.posts.map(({ marker }) => marker)).size).toBe(12);
      expect(site.posts).toHaveLength(12);
    });

    it('sends at once when nudged', async () => {
      const site = openSite({ pollIntervalMs: 60_000 });
      const { engine } = await run(site);
      await site.seal(1);
      engine.nudge({ kind: 'submission' });
      await eventually(site.accepted, (count) => count === 1);
    });

    it('never has more in flight than it may', async () => {
      const site = openSite({ inFlight: 3 });
      await site.seal(12);
      let open = (): void => undefined;
      site.gate = new Promise((resolve) => (open = resolve));
      await run(site);
      await eventually(
        () => site.load.now,
        (now) => now === 3,
      );
      open();
      site.gate = null;
      await eventually(site.accepted, (count) => count === 12);
      expect(site.load.most).toBe(3);
    });

    it('leaves submissions alone while the account is paused', async () => {
      const site = openSite();
      const pause: Pause = {
        account: KEY,
        alphaname: null,
        reason: 'wrong_credentials',
        detail: null,
        since: 1,
        probeAt: null,
        tries: 0,
      };
      await site.ledger.pauses.put(pause);
      const ids = await site.seal(0);
      expect(ids).toEqual([]);
      const { engine } = await run(site);
      await site.ledger.pauses.clear(KEY, ['wrong_credentials']);
      await site.seal(3);
      await site.ledger.pauses.put(pause);
      engine.nudge({ kind: 'submission' });
      await eventually(
        () => engine.health().running,
        (up) => up,
      );
      const posted = site.posts.length;
      await site.ledger.pauses.clear(KEY, ['wrong_credentials']);
      await eventually(site.accepted, (count) => count === 3);
      expect(site.posts.length).toBe(3);
      expect(posted).toBeLessThanOrEqual(3);
    });

    it('posts once when every id is delivered again', async () => {
      const site = openSite();
      const ids = await site.seal(10);
      const { deliverAgain } = await run(site);
      await deliverAgain?.(ids);
      await Promise.all([site.send(ids), site.send(ids)]);
      await eventually(site.accepted, (count) => count === 10);
      await deliverAgain?.(ids);
      await site.send(ids);
      expect(site.posts).toHaveLength(10);
    });

    it('loses nothing when all that it remembers is lost', async () => {
      const site = openSite();
      await site.seal(8);
      let open = (): void => undefined;
      site.gate = new Promise((resolve) => (open = resolve));
      const { forget } = await run(site);
      await eventually(
        () => site.load.now,
        (now) => now === 4,
      );
      await forget?.();
      open();
      site.gate = null;
      await eventually(site.accepted, (count) => count === 8);
      expect(site.posts).toHaveLength(8);
    });

    it('lets requests on their way finish when it stops, and takes no new ones', async () => {
      const site = openSite({ inFlight: 2 });
      await site.seal(6);
      let open = (): void => undefined;
      site.gate = new Promise((resolve) => (open = resolve));
      const { engine } = await run(site);
      await eventually(
        () => site.load.now,
        (now) => now === 2,
      );
      const stopped = engine.stop(5_000);
      open();
      await stopped;
      expect(await site.accepted()).toBe(2);
      expect(site.posts).toHaveLength(2);
    });
  });
};
