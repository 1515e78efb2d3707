import type { Reason } from '../../../shared/vocabulary';
import type { MessageId } from '../domain/brands';
import type { Message } from '../domain/message';
import type { Submission } from '../domain/submission';
import type { Ledger, MessageChange } from './ports';

/** What becomes of a message whose sealed request is opened again: back to the queue unless `end` gives it an end. */
export type Fate = (message: Message) => { readonly to: 'failed' | 'cancelled'; readonly reason: Reason } | null;

/**
 * Opens sealed requests, of which nothing has left: the request closes, its messages return to the queue or end. Loses
 * against a sender that takes the request at the same moment.
 * @param ledger a transaction: request and messages move together
 * @returns the messages that ended
 */
export const unseal = async (
  ledger: Ledger,
  sealed: readonly Pick<Submission, 'id' | 'fence'>[],
  { now, reason, end }: { now: number; reason: Reason | null; end: Fate },
): Promise<MessageId[]> => {
  const closed = await ledger.submissions.change(
    sealed.map(({ id, fence }) => ({
      id,
      from: ['sealed'] as const,
      fence,
      to: 'closed' as const,
      patch: { finishedAt: now, reason },
    })),
  );
  const messages = await ledger.messages.bySubmissions(sealed.filter((_, index) => closed[index]).map(({ id }) => id));
  const changes = messages.map((message): MessageChange => {
    const base = { id: message.id, from: ['claimed'] as const, fence: message.fence };
    const fate = end(message);
    return fate ? { ...base, ...fate, finalAt: now } : { ...base, to: 'queued', submissionId: null };
  });
  const applied = await ledger.messages.change(changes);
  return changes.filter(({ to }, index) => to !== 'queued' && applied[index]).map(({ id }) => id);
};
