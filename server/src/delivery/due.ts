import type { Lane } from '../../../shared/vocabulary';
import type { Closed } from './pauses';
import type { Account, Clock, DueMessage, Ledger, SendingConfig } from './ports';

export interface DueDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly sending: SendingConfig;
}

/** Several instances pick at random from a window this much wider than what they take (reliability: 8 loses few races). */
const WINDOW_FACTOR = 8;

/** Queued messages that may leave now, of one batch or (null) of none. */
export const due = async (
  { ledger, clock, sending }: DueDeps,
  account: Account,
  closed: Closed,
  { lane, limit, batchId }: { lane: Lane; limit: number; batchId: string | null },
): Promise<readonly DueMessage[]> => {
  const messages = await ledger.messages.dueForPlan({
    account: account.key,
    lane,
    now: clock.now(),
    limit,
    window: sending.soleInstance ? limit : limit * WINDOW_FACTOR,
    exceptAlphanames: closed.alphanames,
    batchId,
  });
  // A message without a name of its own leaves under the account's, which may be the one that pauses.
  if (!closed.alphanames.includes(account.alphaname ?? '')) return messages;
  return messages.filter(({ alphaname }) => alphaname !== null);
};
