import type { MessageState, SubmissionState } from '../../../../shared/vocabulary';
import { canMove, isFinal } from '../../domain/message';
import { canMoveSubmission } from '../../domain/submission';

/** What a compare-and-set expects and wants. */
export interface Move<State extends string> {
  readonly id: string;
  readonly from: readonly State[];
  readonly fence?: number;
  readonly to: State;
}

/** What the row says now. */
export interface Standing<State extends string> {
  readonly state: State;
  readonly fence: number;
}

const expected = <State extends string>(move: Move<State>, now: Standing<State>): boolean =>
  move.from.includes(now.state) && (move.fence === undefined || move.fence === now.fence);

/**
 * May this change of a message take effect? Only legal moves do. Staying where it is, to note something, is allowed until
 * the state is final.
 */
export const messageMayMove = (move: Move<MessageState>, now: Standing<MessageState>): boolean =>
  expected(move, now) && (move.to === now.state ? !isFinal(now.state) : canMove(now.state, move.to));

/** May this change of a submission take effect? Notes (the next poll, a balance) may be added in every state. */
export const submissionMayMove = (move: Move<SubmissionState>, now: Standing<SubmissionState>): boolean =>
  expected(move, now) && (move.to === now.state || canMoveSubmission(now.state, move.to));
