import type { SubmissionId } from '../domain/brands';
import type { PauseReason } from '../../../shared/vocabulary';
import { leasesOf } from './leases';
import type { Closed } from './pauses';
import type { Account, Clock, HealedPause, Ledger, Log, SendingConfig } from './ports';

/** Pauses whose probe asks something else than what failed: only a request that is answered proves that sending works. */
const NEEDS_PROOF: readonly PauseReason[] = ['too_many_in_doubt', 'alphaname_refused'];

/** How long a pause that is over is remembered: if the trouble returns meanwhile, the wait goes on growing. */
const REMEMBER_MS = 60_000;

/** A pause is over and its proof is still to come: one request at a time may leave under that name, null: at all. */
export interface Trial {
  readonly alphaname: string | null;
  /** One is on its way; the others wait for its answer. */
  readonly running: boolean;
}

export const trialsOf = async (ledger: Ledger, healed: readonly HealedPause[]): Promise<Trial[]> => {
  const trials: Trial[] = [];
  for (const pause of healed) {
    if (!NEEDS_PROOF.includes(pause.reason)) continue;
    const { proved, running } = await ledger.submissions.proof(asked(pause));
    if (!proved) trials.push({ alphaname: pause.alphaname, running });
  }
  return trials;
};

const asked = ({ account, alphaname, healedAt }: HealedPause) => ({ account, alphaname, since: healedAt });

/**
 * Of these sealed requests those that may start while trials are open: the smallest one for the account, the first one for a
 * sender name.
 * @param open sender names, null: the account
 */
export const admitted = async (
  { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock },
  account: Account,
  open: readonly (string | null)[],
  closedNames: readonly string[],
  ids: readonly SubmissionId[],
): Promise<readonly SubmissionId[]> => {
  if (open.length === 0) return ids;
  const now = clock.now();
  const able = (await ledger.submissions.byIds(ids)).filter(
    ({ account: key, state, alphaname, expiresAt }) =>
      key === account.key && state === 'sealed' && expiresAt > now && !closedNames.includes(alphaname),
  );
  if (open.includes(null))
    return able
      .sort((a, b) => a.size - b.size)
      .slice(0, 1)
      .map(({ id }) => id);
  const tried = new Set<string>();
  return able
    .filter(({ alphaname }) => {
      if (!open.includes(alphaname)) return true;
      const first = !tried.has(alphaname);
      tried.add(alphaname);
      return first;
    })
    .map(({ id }) => id);
};

/**
 * Several instances see the same open trial at once, and each would send a request of its own: the one that holds the lease
 * looks again and chooses. Needed only until the request is marked; from then on every instance sees that one is running.
 * @param choose told whether this instance may send trial requests
 */
export const choosingAlone = async <T>(
  { ledger, clock, sending, owner, log }: ChoiceDeps,
  { key }: Account,
  choose: (alone: boolean) => Promise<T>,
): Promise<T> => {
  const now = clock.now();
  const name = `trial of ${key}`;
  if (!(await ledger.leases.take(name, owner, now, now + leasesOf(sending).choreMs))) return await choose(false);
  try {
    return await choose(true);
  } finally {
    // What was marked must leave all the same: a request that is marked and not posted would be in doubt.
    await ledger.leases
      .release(name, owner)
      .catch(() => log.warn('The choice of a trial request could not be given back; it ends by itself'));
  }
};

interface ChoiceDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly sending: SendingConfig;
  readonly owner: string;
  readonly log: Log;
}

/** What an instance may send that leaves the trials to another one. */
export const withoutTrials = (closed: Closed): Closed => ({
  account: closed.account || closed.onTrial.includes(null),
  alphanames: [...closed.alphanames, ...closed.onTrial.flatMap((alphaname) => alphaname ?? [])],
  onTrial: [],
});

/** Forgets pauses that have been over for a while and did not come back. */
export const forgetHealed = async (ledger: Ledger, account: string, now: number): Promise<void> => {
  for (const pause of await ledger.pauses.healed(account)) {
    if (now - pause.healedAt < REMEMBER_MS) continue;
    if (NEEDS_PROOF.includes(pause.reason) && !(await ledger.submissions.proof(asked(pause))).proved) continue;
    await ledger.pauses.forget(pause);
  }
};
