import type { BatchState, MessageState } from '../../../shared/vocabulary';

const MOVING: readonly MessageState[] = ['queued', 'claimed', 'sending'];

/**
 * State of a batch from the states of its messages. It is derived and never stored: a stored one could disagree after a crash.
 * Messages that the gateway has (accepted, sent) count as done: the batch has nothing left to do for them.
 */
export const batchState = (counts: Readonly<Partial<Record<MessageState, number>>>): BatchState => {
  if (MOVING.some((state) => counts[state])) return 'running';
  if (counts.held) return 'held';
  return counts.in_doubt ? 'done_with_doubts' : 'done';
};
