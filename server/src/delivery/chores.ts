import type { Submission } from '../domain/submission';
import type { Accounts, Ledger, Notices, SendingConfig } from './ports';
import { probePauses, type PauseDeps } from './pauses';
import { unseal } from './unseal';

export interface ChoreDeps extends PauseDeps {
  readonly notices: Notices;
  readonly accounts: Accounts;
  readonly sending: SendingConfig;
  readonly owner: string;
}

const AT_ONCE = 200;

/** Texts that nobody wants any more (default: a day old) are failed with that reason instead of arriving late. */
export const expireWaiting = async (deps: ChoreDeps): Promise<number> => {
  const expired = await deps.ledger.messages.expireWaiting(deps.clock.now(), AT_ONCE);
  deps.notices.stateReached(expired.map((id) => ({ id, state: 'failed' })));
  return expired.length + (await expireSealed(deps));
};

/**
 * Whatever account they were sealed for, also one that is not configured any more. Those of a campaign that still have time
 * go back: each request was sealed with the earliest expiry of its messages.
 */
const expireSealed = async (deps: ChoreDeps): Promise<number> => {
  const now = deps.clock.now();
  const late = (await claimedRequests(deps.ledger)).filter(
    ({ state, expiresAt }) => state === 'sealed' && expiresAt <= now,
  );
  if (late.length === 0) return 0;
  const failed = await deps.ledger.transaction((ledger) =>
    unseal(ledger, late, {
      now,
      reason: 'expired_before_sending',
      end: ({ expiresAt }) => (expiresAt <= now ? { to: 'failed', reason: 'expired_before_sending' } : null),
    }),
  );
  deps.notices.stateReached(failed.map((id) => ({ id, state: 'failed' })));
  return late.length;
};

/** Requests of the messages that were claimed longest ago: few are claimed at a time, and those that linger are the old ones. */
const claimedRequests = async (ledger: Ledger): Promise<Submission[]> => {
  const { total } = await ledger.messages.list({ state: 'claimed' }, { page: 1, pageSize: 1 });
  if (total === 0) return [];
  const page = { page: Math.ceil(total / AT_ONCE), pageSize: AT_ONCE };
  const { results } = await ledger.messages.list({ state: 'claimed' }, page);
  return await ledger.submissions.byIds([...new Set(results.flatMap(({ submissionId }) => submissionId ?? []))]);
};

/** Messages of logins that never worked follow the corrected settings; those of a login that worked stay with it. */
export const adoptWaiting = async (deps: ChoreDeps): Promise<number> => {
  const account = deps.accounts.current();
  if (!account) return 0;
  const never = (await deps.ledger.accounts.neverVerified()).filter((key) => key !== account.key);
  for (const key of never) await unsealAll(deps, key);
  return deps.ledger.messages.adopt({ to: account.key, fromAccounts: ['', ...never] });
};

/** What was sealed for a login that never worked goes back to the queue, from where it follows the corrected settings. */
const unsealAll = async (deps: ChoreDeps, account: string): Promise<void> => {
  const sealed = await deps.ledger.submissions.sealed({ account, limit: AT_ONCE, exceptAlphanames: [] });
  if (sealed.length === 0) return;
  await deps.ledger.transaction((ledger) =>
    unseal(ledger, sealed, { now: deps.clock.now(), reason: null, end: () => null }),
  );
};

/** Do the causes of pauses still hold? True when something may leave again. */
export const probe = async (deps: ChoreDeps): Promise<boolean> => {
  const account = deps.accounts.current();
  return account ? probePauses(deps, account) : false;
};
