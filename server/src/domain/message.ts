import {
  FINAL_MESSAGE_STATES,
  type Encoding,
  type Lane,
  type MessageState,
  type Origin,
  type Reason,
} from '../../../shared/vocabulary';
import type { CampaignId, DedupeKey, MessageId, SubmissionId } from './brands';

/** One text for one person. Times are epoch milliseconds. */
export interface Message {
  readonly id: MessageId;
  readonly dedupeKey: DedupeKey;
  /** Key of the account it leaves through; empty while no account is configured. */
  readonly account: string;
  readonly lane: Lane;
  readonly origin: Origin;
  readonly ruleKey: string | null;
  readonly intentId: string | null;
  readonly batchId: string | null;
  /** Content-type and document of the entry it speaks of. */
  readonly uid: string | null;
  readonly documentId: string | null;
  /** Name of the admin user who pressed the button; null for rules and code. */
  readonly createdBy: string | null;
  /** Digits without plus when the number was understood, otherwise as given (state `rejected`). */
  readonly to: string;
  readonly text: string;
  readonly alphaname: string | null;
  readonly encoding: Encoding | null;
  readonly segmentCount: number;
  readonly state: MessageState;
  readonly reason: Reason | null;
  /** A sentence for the panel; never a number, a text or a secret. */
  readonly detail: string | null;
  readonly dueAt: number;
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly submissionId: SubmissionId | null;
  readonly campaignId: CampaignId | null;
  readonly gatewayStatus: string | null;
  readonly statusAt: number | null;
  readonly acceptedAt: number | null;
  readonly finalAt: number | null;
  /** Requests that carried it so far. */
  readonly attempts: number;
  /** Rises with every claim; an answer for an older fence changes nothing. */
  readonly fence: number;
}

const REPORTS = ['delivered', 'undelivered', 'expired', 'stopped', 'unreported'] as const;

/**
 * Every legal move. `sending -> queued` needs proof that no byte left; `in_doubt -> queued` needs a person;
 * `in_doubt -> failed` only where the gateway's own campaign detail shows that this number is not in it.
 */
export const MESSAGE_MOVES: Readonly<Record<MessageState, readonly MessageState[]>> = {
  held: ['queued', 'cancelled', 'failed'],
  queued: ['claimed', 'held', 'cancelled', 'failed'],
  claimed: ['sending', 'queued', 'held', 'cancelled', 'failed'],
  sending: ['accepted', 'queued', 'failed', 'in_doubt'],
  accepted: ['sent', ...REPORTS],
  sent: REPORTS,
  in_doubt: ['accepted', 'queued', 'failed', 'closed'],
  delivered: [],
  undelivered: [],
  expired: [],
  stopped: [],
  unreported: [],
  rejected: [],
  failed: [],
  cancelled: [],
  closed: [],
};

/** May a message move from one state to another? */
export const canMove = (from: MessageState, to: MessageState): boolean => MESSAGE_MOVES[from].includes(to);

const FINAL: ReadonlySet<MessageState> = new Set(FINAL_MESSAGE_STATES);

/** A final state is never left, whatever arrives later and in whatever order. */
export const isFinal = (state: MessageState): boolean => FINAL.has(state);

/** States from which a move to `to` is legal: what a compare-and-set checks. */
export const sourcesOf = (to: MessageState): readonly MessageState[] =>
  (Object.keys(MESSAGE_MOVES) as MessageState[]).filter((from) => canMove(from, to));
