import type { Submission } from '../domain/submission';
import type { Account, Clock, Ledger } from './ports';
import { mayAsk } from './reconcile';

export interface EvidenceDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** How old the known balance may be when it is told as "before". */
const READ_EVERY_MS = 10 * 60_000;
/** A gateway that does not answer is not asked for evidence more often than this. */
const ASK_EVERY_MS = 30_000;
/** Later the balance says nothing about one message any more. */
const FRESH_MS = 60 * 60_000;
const AT_ONCE = 20;

interface Reading {
  readonly amount: string;
  readonly at: number;
}

/**
 * Gathers what helps a person decide about requests in doubt: the balance before and after. It proves nothing by itself, so
 * nothing is concluded from it. Returns a turn to be called now and then.
 */
export const createEvidence = (deps: EvidenceDeps): ((account: Account) => Promise<void>) => {
  let nextAt = 0;
  return async (account) => {
    const now = deps.clock.now();
    if (now < nextAt) return;
    const doubts = await deps.ledger.submissions.doubtsWithoutBalance({
      account: account.key,
      finishedAfter: now - FRESH_MS,
      limit: AT_ONCE,
    });
    const known = parse(await deps.ledger.settings.get(keyOf(account)));
    if (doubts.length === 0 && known && known.at > now - READ_EVERY_MS) return;
    nextAt = now + ASK_EVERY_MS;
    // The probe of a pause is question enough, and another refused login could lock the account.
    if (!(await mayAsk(deps.ledger, account.key))) return;
    const balance = await account.gateway.balance();
    if (balance.kind !== 'ok') return;
    await deps.ledger.submissions.noteBalance(
      doubts.map((doubt) => ({ id: doubt.id, before: beforeOf(doubt, known), after: balance.value })),
    );
    await deps.ledger.settings.put(keyOf(account), JSON.stringify({ amount: balance.value, at: now }));
  };
};

const keyOf = (account: Account): string => `balance:${account.key}`;

/** Only a reading from before the request left tells anything. */
const beforeOf = ({ sendingAt }: Submission, known: Reading | null): string | null =>
  known && sendingAt !== null && known.at <= sendingAt ? known.amount : null;

const parse = (text: string | null): Reading | null => {
  const value: unknown = text === null ? null : JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('amount' in value) || !('at' in value)) return null;
  return typeof value.amount === 'string' && typeof value.at === 'number'
    ? { amount: value.amount, at: value.at }
    : null;
};
