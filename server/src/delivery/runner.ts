import { createParker } from './abandoned';
import { adoptWaiting, expireWaiting, probe, type ChoreDeps } from './chores';
import { decideDue, type DecideDeps } from './decide';
import type { SubmissionId } from '../domain/brands';
import { nextPollAt } from '../domain/retry-policy';
import { BELIEVABLE_MS, leasesOf } from './leases';
import { atMost, createLoop, type Loop } from './loop';
import { planDue, type PlanDeps } from './plan';
import { createEvidence } from './evidence';
import type { Engine, Gate, Nudge } from './ports';
import { mayAsk, reconcileDue, type ReconcileDeps } from './reconcile';
import { createSender, type SendDeps } from './send';
import { probeSoon } from './pauses';
import { eraseOld, type RetentionDeps } from './retention';

export type RunnerDeps = DecideDeps &
  PlanDeps &
  SendDeps &
  ChoreDeps &
  ReconcileDeps &
  RetentionDeps & {
    readonly engine: Engine;
    readonly gate: Gate;
    /** A `web` process records and nudges; a `worker` sends; `all` does both. */
    readonly role: Role;
  };

export type Role = 'all' | 'web' | 'worker';

/** Turns intents into decisions, messages into requests and requests into final states until it is stopped. */
export interface Runner {
  start(): Promise<void>;
  /** Work was committed. Never throws, never waits; losing it costs one poll interval. */
  nudge(nudge: Nudge): void;
  /** Ends the loops and gives requests on their way this long to finish. */
  stop(drainMs: number): Promise<void>;
  health(): Readonly<Record<'intake' | 'sending' | 'reports' | 'chores', string | null>>;
}

/** Chores look at slow things: leases of half a minute, pauses of seconds, expiries of hours. */
const CHORE_INTERVAL_MS = 1_000;
/** After an acceptance the gateway is asked for the first time; see retry-policy.ts. */
const FIRST_QUESTION_MS = nextPollAt(0, 0, Number.MAX_SAFE_INTEGER) ?? 0;

export const createRunner = (deps: RunnerDeps): Runner => {
  const now = (): number => deps.clock.now();
  const idle = deps.sending.pollIntervalMs;

  /** Wakes in time for what is due sooner than the next poll, e.g. a message that waits for its send window. */
  const untilDue = (at: number | null): number => (at === null ? idle : Math.max(0, Math.min(idle, at - now())));

  const intake = createLoop(
    'intake',
    async () => {
      // In a copied database, or one that spoils letters, not even decisions are made.
      if (deps.gate.closed()) return idle;
      const decided = await decideDue(deps);
      const account = deps.accounts.current();
      const planned = account ? await planDue(deps, account) : 0;
      if (planned > 0) deps.engine.nudge({ kind: 'submission' });
      if (decided > 0) return 0;
      // Planning took what there was room for, or all there was; the next room comes with a request that ends.
      return untilDue(await deps.ledger.intents.nextDueAt());
    },
    deps.log,
    now,
  );

  const mine = async (chore: string): Promise<boolean> =>
    deps.sending.soleInstance ||
    (await deps.ledger.leases.take(chore, deps.owner, now(), now() + leasesOf(deps.sending).choreMs));

  const reports = createLoop(
    'delivery reports',
    async () => {
      const account = deps.accounts.current();
      if (!account || !(await mine('reports'))) return idle;
      if ((await reconcileDue(deps, account)) > 0) return 0;
      if (!(await mayAsk(deps.ledger, account.key))) return idle;
      return untilDue(await deps.ledger.submissions.nextPollAt(account.key));
    },
    deps.log,
    now,
  );

  const chores = createLoop(
    'chores',
    async () => {
      if (deps.gate.closed() || !(await mine('chores'))) return CHORE_INTERVAL_MS;
      await introduce();
      await deps.ledger.intents.releaseAll(now() + BELIEVABLE_MS);
      await parkAbandoned();
      await expireWaiting(deps);
      const account = deps.accounts.current();
      if (account) await gatherEvidence(account);
      const adopted = await adoptWaiting(deps);
      const healed = await probe(deps);
      if (healed || adopted > 0) wakeAll();
      if (await eraseOld(deps)) return 0;
      return CHORE_INTERVAL_MS;
    },
    deps.log,
    now,
  );

  const loops: Readonly<Record<'intake' | 'reports' | 'chores', Loop>> = { intake, reports, chores };
  const wakeAll = (): void => {
    intake.wake();
    deps.engine.nudge({ kind: 'plan' });
  };

  const gatherEvidence = createEvidence(deps);
  const parkAbandoned = createParker(deps);
  const sender = createSender(deps);

  const wakeFor = (nudge: Nudge): void => {
    if (nudge.kind === 'intent' || nudge.kind === 'plan') intake.wake();
    if (nudge.kind === 'poll') reports.wake();
  };

  let handling = 0;
  let handled = 0;
  const handle = async (ids: readonly SubmissionId[]): Promise<void> => {
    handling++;
    try {
      await sender(ids);
    } finally {
      handling--;
    }
    // The planner keeps several requests ready per slot: a look at the queue for each one that ends would cost more than it finds.
    if (++handled >= deps.sending.inFlight || handling === 0) {
      handled = 0;
      intake.wake();
    }
    reports.wake(FIRST_QUESTION_MS);
  };

  /** The account in use gets its row, and pauses of an earlier process are probed at once: the cause may be corrected. */
  let introduced: string | null = null;
  const introduce = async (): Promise<void> => {
    const account = deps.accounts.current();
    if (!account || introduced === account.key) return;
    await deps.ledger.accounts.ensure(account, now());
    await probeSoon(deps, account.key);
    introduced = account.key;
  };

  /** What an earlier process left behind. */
  const recover = async (): Promise<void> => {
    if (deps.sending.soleInstance) await deps.ledger.intents.releaseAll();
    await parkAbandoned();
  };

  return {
    start: async () => {
      if (deps.role === 'web') return;
      if (!deps.gate.closed()) await recover();
      await introduce();
      await deps.engine.start(handle, wakeFor);
      Object.values(loops).forEach((loop) => loop.start());
    },
    nudge: (nudge) => {
      wakeFor(nudge);
      deps.engine.nudge(nudge);
    },
    stop: async (drainMs) => {
      // A question to a gateway that hangs may take a minute; it changes nothing, so shutting down need not wait for it.
      const loopsEnded = Promise.all(Object.values(loops).map((loop) => loop.stop()));
      await Promise.all([atMost(loopsEnded, drainMs), deps.engine.stop(drainMs)]);
      if (deps.sending.soleInstance) return;
      for (const chore of ['reports', 'chores']) await deps.ledger.leases.release(chore, deps.owner);
    },
    health: () => ({
      intake: intake.lastError(),
      sending: deps.engine.health().detail,
      reports: reports.lastError(),
      chores: chores.lastError(),
    }),
  };
};
