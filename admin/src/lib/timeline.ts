import type { MessageDetailResponse } from '../../../shared/contracts/messages';
import type { MessageState, SubmissionState } from '../../../shared/vocabulary';
import { canCheck, canCancel } from './message-state';

export type StepKind =
  | 'created'
  | 'due'
  | 'handed'
  | 'accepted'
  | 'refused'
  | 'retryable'
  | 'lost'
  | 'report'
  | 'final'
  | 'waiting-report'
  | 'expires';

/** One line of a message's story. `at` is null for what is still awaited. */
export interface Step {
  kind: StepKind;
  at: string | null;
}

/** A due time this close to creation is "now" and says nothing to a person. */
const NOW_MS = 2_000;

const ANSWERS: Partial<Record<SubmissionState, StepKind>> = {
  accepted: 'accepted',
  refused: 'refused',
  retryable: 'retryable',
  in_doubt: 'lost',
  closed: 'lost',
};

const REPORTED: ReadonlySet<MessageState> = new Set(['delivered', 'undelivered', 'expired', 'stopped', 'sent']);

/** The story of a message from the instants kept with it, in the order in which things happened. */
export const timeline = (message: MessageDetailResponse): Step[] => {
  const { submission } = message;
  const steps: Step[] = [{ kind: 'created', at: message.createdAt }];
  if (Date.parse(message.dueAt) - Date.parse(message.createdAt) > NOW_MS)
    steps.push({ kind: 'due', at: message.dueAt });
  if (submission?.sendingAt) steps.push({ kind: 'handed', at: submission.sendingAt });
  const answer = submission ? ANSWERS[submission.state] : undefined;
  if (message.acceptedAt) steps.push({ kind: 'accepted', at: message.acceptedAt });
  else if (answer && submission?.finishedAt) steps.push({ kind: answer, at: submission.finishedAt });
  if (message.statusAt && message.gatewayStatus) steps.push({ kind: 'report', at: message.statusAt });
  const told = message.statusAt !== null && REPORTED.has(message.state);
  if (message.finalAt && !told) steps.push({ kind: 'final', at: message.finalAt });
  if (canCheck(message.state)) steps.push({ kind: 'waiting-report', at: null });
  if (canCancel(message.state)) steps.push({ kind: 'expires', at: message.expiresAt });
  return steps;
};

/**
 * The step at which the message's reason arose, so that it is told with its time; null when no step of this story is the cause,
 * as for a held message.
 */
export const stepOfReason = ({ state, reason }: MessageDetailResponse, steps: readonly Step[]): StepKind | null => {
  // The report tells it in the gateway's own word.
  if (reason === null || reason === 'gateway_status') return null;
  const candidates: StepKind[] = state === 'in_doubt' ? ['lost', 'accepted'] : ['refused', 'final'];
  return candidates.find((kind) => steps.some((step) => step.kind === kind)) ?? null;
};
