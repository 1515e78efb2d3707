import type { Reason } from '../../../shared/vocabulary';
import type { MessageId } from '../domain/brands';
import { composeMessage, type MessageDraft } from './compose-message';
import type { Accounts, Clock, Ids, Ledger, SendingConfig } from './ports';

export interface EnqueueDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly accounts: Accounts;
  readonly sending: SendingConfig;
}

export type Enqueued =
  | { readonly outcome: 'queued'; readonly id: MessageId; readonly segmentCount: number }
  | { readonly outcome: 'duplicate'; readonly id: MessageId }
  | { readonly outcome: 'rejected'; readonly id: MessageId; readonly reason: Reason; readonly message: string };

/**
 * The one door into the outbox. Bad data makes a rejected row with its reason; a key that is known already makes nothing.
 * @param ledger the caller's transaction, so that the message is committed with what it speaks of
 * @throws only when the database does
 */
export const enqueue = async (
  ledger: Ledger,
  drafts: readonly MessageDraft[],
  deps: EnqueueDeps,
): Promise<Enqueued[]> => {
  const context = {
    now: deps.clock.now(),
    account: deps.accounts.current()?.key ?? '',
    defaultAlphaname: deps.sending.defaultAlphaname,
    country: deps.sending.defaultCountry,
  };
  // The only place that makes a MessageId.
  const messages = drafts.map((draft) => composeMessage(draft, { ...context, id: deps.ids.next() as MessageId }));
  const inserted = await ledger.messages.insertNew(messages);
  return messages.map((message, index) => {
    const row = inserted[index];
    if (!row) throw new Error('The store answered fewer rows than it was given');
    if (row.existed) return { outcome: 'duplicate', id: row.id };
    if (message.state === 'rejected' && message.reason)
      return { outcome: 'rejected', id: row.id, reason: message.reason, message: message.detail ?? '' };
    return { outcome: 'queued', id: row.id, segmentCount: message.segmentCount };
  });
};
