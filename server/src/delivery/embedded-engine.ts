import type { Lane } from '../../../shared/vocabulary';
import type { SubmissionId } from '../domain/brands';
import { atMost, createLoop } from './loop';
import type { Pace } from './pace';
import type { Account, Accounts, Clock, Engine, Ledger, Log, Sealed, SendingConfig } from './ports';
import { closedNow } from './pauses';

export interface EngineDeps {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly sending: SendingConfig;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Several instances that all began at the head of the queue would mostly lose races: each begins somewhere else in it, and the
 * urgent lane still comes first.
 */
const turned = (sealed: readonly Sealed[], lane: Lane): Sealed[] => {
  const own = sealed.filter((row) => row.lane === lane);
  const start = Math.floor(Math.random() * own.length);
  return [...own.slice(start), ...own.slice(0, start)];
};

/** Submissions fetched at once, per slot: one query serves several requests. */
const FETCH_PER_SLOT = 4;

/**
 * The default engine: the ledger in Strapi's own database and a loop in every instance. A free slot takes the next sealed
 * submission from a short list, which is fetched again when it runs out and when new ones were sealed; nudges only shorten
 * the wait.
 */
export const createEmbeddedEngine = (deps: EngineDeps): Engine => {
  const inFlight = new Map<SubmissionId, Promise<void>>();
  let handler: ((ids: readonly SubmissionId[]) => Promise<void>) | null = null;
  let starving: () => void = () => undefined;
  /** Perhaps gone by now, which the compare-and-set of their start finds out. */
  let ready: Sealed[] = [];
  /** Something was sealed since the list was fetched, perhaps more urgent than what is on it. */
  let outdated = true;
  /** Something ended since the last fetch, so the planner may have room or a campaign its next step. */
  let progressed = false;
  let fetchedAt = 0;

  const launch = (id: SubmissionId): void => {
    if (!handler) return;
    const done = handler([id])
      .then(() => true)
      .catch((error: unknown) => {
        deps.log.error(`A request could not be handled: ${error instanceof Error ? error.message : 'unknown error'}`);
        return false;
      })
      .then((handled) => {
        inFlight.delete(id);
        progressed = true;
        // After a failure the next poll is soon enough: what failed now would fail again at once.
        if (handled) loop.wake();
      });
    inFlight.set(id, done);
  };

  const turn = async (): Promise<number> => {
    const free = deps.sending.inFlight - inFlight.size;
    const account = deps.accounts.current();
    if (free <= 0 || !account) return deps.sending.pollIntervalMs;
    // Another instance may have sealed something more urgent and cannot tell us: no list is older than a poll.
    const old = Math.abs(deps.clock.now() - fetchedAt) >= deps.sending.pollIntervalMs;
    if (outdated || old || ready.length < free) await fetch(account);
    const now = deps.clock.now();
    ready = ready.filter(({ expiresAt }) => expiresAt > now);
    const wanted = Math.min(free, ready.length);
    if (wanted === 0) return deps.sending.pollIntervalMs;
    const allowed = await deps.pace.take(account.key, wanted);
    ready.splice(0, allowed).forEach(({ id }) => launch(id));
    return allowed < wanted ? deps.pace.intervalMs : deps.sending.pollIntervalMs;
  };

  const fetch = async (account: Account): Promise<void> => {
    outdated = false;
    fetchedAt = deps.clock.now();
    ready = [];
    const closed = await closedNow(deps.ledger, account.key);
    if (closed.account) return;
    const limit = deps.sending.inFlight * FETCH_PER_SLOT;
    const sealed = await deps.ledger.submissions.sealed({
      account: account.key,
      // Those in flight may still read as sealed for a moment.
      limit: limit + inFlight.size,
      exceptAlphanames: closed.alphanames,
    });
    const free = sealed.filter(({ id }) => !inFlight.has(id));
    ready = deps.sending.soleInstance ? free : [...turned(free, 'service'), ...turned(free, 'bulk')];
    if (progressed && ready.length < deps.sending.inFlight) starving();
    progressed = false;
  };

  const loop = createLoop('sending', turn, deps.log, () => deps.clock.now());

  return {
    start: (given, wake) => {
      handler = given;
      starving = () => wake?.({ kind: 'plan' });
      loop.start();
      return Promise.resolve();
    },
    nudge: ({ kind }) => {
      if (kind !== 'submission' && kind !== 'plan') return;
      outdated = true;
      loop.wake();
    },
    stop: async (drainMs) => {
      await loop.stop();
      // Requests on their way get the time to bring their answer home; what is left is in doubt after the restart.
      await atMost(Promise.all(inFlight.values()), drainMs);
      handler = null;
    },
    health: () => ({ running: handler !== null, lastTurnAt: loop.lastTurnAt(), detail: loop.lastError() }),
  };
};
