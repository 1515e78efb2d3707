import type { FaultKind, Lane, Reason, SubmissionKind, SubmissionState } from '../../../shared/vocabulary';
import type { CampaignId, SubmissionId } from './brands';

/** One request to the gateway: membership, payload and marker are frozen when it is sealed. Times are epoch milliseconds. */
export interface Submission {
  readonly id: SubmissionId;
  readonly account: string;
  readonly lane: Lane;
  readonly kind: SubmissionKind;
  readonly alphaname: string;
  readonly size: number;
  /** Written into `desc`: the only thing of ours that a person finds in the gateway's web cabinet. */
  readonly marker: string;
  readonly state: SubmissionState;
  readonly fence: number;
  readonly batchId: string | null;
  readonly createdAt: number;
  /** The moment it no longer makes sense to send it: the earliest expiry of its messages. */
  readonly expiresAt: number;
  /** Instance that holds it while `sending`. */
  readonly owner: string | null;
  readonly leaseUntil: number;
  readonly sendingAt: number | null;
  readonly finishedAt: number | null;
  readonly campaignId: CampaignId | null;
  readonly errorKind: FaultKind | null;
  readonly errorCode: string | null;
  readonly reason: Reason | null;
  readonly detail: string | null;
  /** A campaign id seen in a damaged answer or a push: a lead, not a proof. */
  readonly leadCampaignId: string | null;
  readonly balanceBefore: string | null;
  readonly balanceAfter: string | null;
  /** When to ask the gateway next; null when there is nothing left to ask. */
  readonly pollAt: number | null;
  readonly polls: number;
  /** Last time the gateway was asked. */
  readonly askedAt: number | null;
  /** Last moment at which asking still makes sense. */
  readonly pollUntil: number;
}

/** One message alone, one text for many, or a text for each. */
export const kindOf = (members: readonly { readonly text: string }[]): SubmissionKind => {
  if (members.length === 1) return 'single';
  return members.every(({ text }) => text === members[0]?.text) ? 'group' : 'individual';
};

/** Every legal move of a submission. `sending` is left only by its outcome or, after a crash, into `in_doubt`. */
export const SUBMISSION_MOVES: Readonly<Record<SubmissionState, readonly SubmissionState[]>> = {
  sealed: ['sending', 'closed'],
  sending: ['accepted', 'refused', 'retryable', 'in_doubt'],
  in_doubt: ['accepted', 'closed'],
  accepted: [],
  refused: [],
  retryable: [],
  closed: [],
};

export const canMoveSubmission = (from: SubmissionState, to: SubmissionState): boolean =>
  SUBMISSION_MOVES[from].includes(to);
