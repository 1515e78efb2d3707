import { nextProbeAt } from '../domain/retry-policy';
import type { PauseReason } from '../../../shared/vocabulary';
import { forgetHealed, trialsOf, type Trial } from './trials';
import type { Account, Answer, Clock, HealedPause, Ledger, Log, Pause, Random } from './ports';

export interface PauseDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** What is closed at the moment for an account. A campaign that is too dear (`bulk_unaffordable`) does not stop single texts. */
export interface Closed {
  readonly account: boolean;
  readonly alphanames: readonly string[];
  /** Sender names, or (null) the account, under which one request at a time may leave, to prove that sending works again. */
  readonly onTrial: readonly (string | null)[];
}

/** The key of pauses that hold for every login, also for one that is configured later and while none is. */
export const EVERY_ACCOUNT = '*';

/** All pauses that hold for an account, or for whatever account comes (null), oldest first. */
export const pausesOf = async (ledger: Ledger, account: string | null): Promise<Pause[]> =>
  (await ledger.pauses.remembered(keysOf(account))).filter((pause) => !isHealed(pause));

const keysOf = (account: string | null): string[] => (account === null ? [EVERY_ACCOUNT] : [EVERY_ACCOUNT, account]);

const isHealed = (pause: Pause | HealedPause): pause is HealedPause => 'healedAt' in pause;

export const closedNow = async (ledger: Ledger, account: string): Promise<Closed> => {
  const remembered = await ledger.pauses.remembered(keysOf(account));
  const trials = await trialsOf(ledger, remembered.filter(isHealed));
  const pauses = remembered.filter((pause) => !isHealed(pause) && pause.reason !== 'bulk_unaffordable');
  const waits = [...pauses, ...trials.filter(isRunning)];
  return {
    account: waits.some(({ alphaname }) => alphaname === null),
    alphanames: waits.flatMap(({ alphaname }) => (alphaname === null ? [] : [alphaname])),
    onTrial: trials.filter((trial) => !isRunning(trial)).map(({ alphaname }) => alphaname),
  };
};

const isRunning = ({ running }: Trial): boolean => running;

/** Pauses an account or one alphaname with a visible reason. Waiting messages stay queued. */
export const pause = async (
  deps: PauseDeps,
  account: string,
  what: { reason: PauseReason; alphaname: string | null; detail: string | null },
): Promise<void> => {
  const now = deps.clock.now();
  const same = (row: Pause): boolean => row.reason === what.reason && row.alphaname === what.alphaname;
  const known = (await deps.ledger.pauses.list(account)).find(same);
  // Requests that were in flight together fail together: the first one has paused, the others add nothing.
  if (known?.probeAt && known.probeAt > now) return;
  const healed = known ? undefined : (await deps.ledger.pauses.healed(account)).find(same);
  if (healed) await deps.ledger.pauses.forget(healed);
  // One that comes back soon was not over: its probe counted already, and the wait goes on growing.
  const tries = known ? known.tries + 1 : (healed?.tries ?? 0);
  await deps.ledger.pauses.put({
    account,
    ...what,
    since: known?.since ?? now,
    probeAt: nextProbeAt(what.reason, now, tries, deps.random()),
    tries,
  });
  if (!known) deps.log.warn(`Sending pauses (${what.reason}): ${what.detail ?? 'see Settings > SMS'}`);
};

/** Reasons that a good answer to GETBALANCE refutes. */
const HEALED_BY_BALANCE: readonly PauseReason[] = ['wrong_credentials', 'gateway_unreachable', 'too_many_in_doubt'];

/**
 * Looks whether the causes of due pauses are gone. One instance probes each pause.
 * @returns true when at least one pause ended, so that waiting messages may leave
 */
export const probePauses = async (deps: PauseDeps, account: Account): Promise<boolean> => {
  const now = deps.clock.now();
  let ended = false;
  await forgetHealed(deps.ledger, account.key, now);
  // Several pauses ask the same question: one answer serves them all.
  let balance: Promise<Answer<string>> | null = null;
  const askBalance = (): Promise<Answer<string>> => (balance ??= account.gateway.balance());
  for (const paused of await deps.ledger.pauses.list(account.key)) {
    if (paused.reason === 'bulk_unaffordable') continue; // the planner of campaigns looks itself
    if (paused.probeAt === null || paused.probeAt > now) continue;
    const next = nextProbeAt(paused.reason, now, paused.tries + 1, deps.random());
    if (!(await deps.ledger.pauses.takeProbe(paused, next))) continue;
    if (!(await healed(account, paused, askBalance))) continue;
    if (await deps.ledger.pauses.heal({ ...paused, probeAt: next, tries: paused.tries + 1 }, now)) {
      deps.log.info(`Sending goes on: ${paused.reason} is over`);
      ended = true;
    }
  }
  return ended;
};

const healed = async (account: Account, paused: Pause, askBalance: () => Promise<Answer<string>>): Promise<boolean> => {
  if (paused.alphaname !== null) {
    const usable = await account.gateway.alphanameUsable(paused.alphaname);
    // Where the gateway does not say, one message under that name finds out; each refusal makes the next wait longer.
    return usable.kind === 'unknown' || (usable.kind === 'ok' && usable.value !== false);
  }
  const balance = await askBalance();
  if (balance.kind !== 'ok') return false;
  return HEALED_BY_BALANCE.includes(paused.reason) || (paused.reason === 'no_funds' && Number(balance.value) > 0);
};

/** A person corrected the cause, or a new process starts with new settings: every pause that can be probed is probed now. */
export const probeSoon = async (deps: PauseDeps, account: string): Promise<void> => {
  const now = deps.clock.now();
  for (const paused of await deps.ledger.pauses.list(account))
    if (paused.probeAt !== null && paused.probeAt > now) await deps.ledger.pauses.takeProbe(paused, now);
};
