import type { FaultKind, MessageState, PauseReason, Reason, SubmissionState } from '../../../shared/vocabulary';
import type { CampaignId } from './brands';

/** Whom a clear no of the gateway concerns. */
export type RefusalScope = 'message' | 'request' | 'account' | 'alphaname';

/** What became of one request, in our words; made by the gateway adapter. */
export type SubmitResult =
  | {
      readonly kind: 'accepted';
      readonly campaignId: CampaignId;
      readonly acceptedAt: number | null;
      /** Per asked number: true accepted, false refused by name, null not mentioned. */
      readonly recipients: ReadonlyMap<string, boolean | null>;
    }
  | {
      readonly kind: 'refused';
      readonly scope: RefusalScope;
      readonly reason: Reason;
      readonly pause: PauseReason | null;
      readonly fault: FaultKind;
      readonly code: string | null;
      readonly detail: string;
      /** Words of the text that the gateway objects to, when it names them. */
      readonly stopWords?: readonly string[];
    }
  | { readonly kind: 'unavailable'; readonly fault: FaultKind; readonly detail: string }
  | {
      readonly kind: 'in_doubt';
      readonly reason: Extract<Reason, 'answer_lost' | 'answer_unreadable' | 'campaign_id_reused'>;
      readonly fault: FaultKind;
      readonly code: string | null;
      readonly detail: string;
      readonly leadCampaignId: string | null;
    };

/** What one message of the submission becomes. */
export interface MessageOutcome {
  readonly to: MessageState;
  readonly reason: Reason | null;
  readonly detail: string | null;
}

export interface Outcome {
  readonly submission: SubmissionState;
  readonly reason: Reason | null;
  readonly forRecipient: (recipient: string) => MessageOutcome;
  readonly pause: { readonly reason: PauseReason; readonly scope: 'account' | 'alphaname' } | null;
}

const all = (outcome: MessageOutcome) => (): MessageOutcome => outcome;

/** The one place that decides what an answer, or its absence, means for the ledger (design.md §3.8). */
export const decideOutcome = (result: SubmitResult): Outcome => {
  switch (result.kind) {
    case 'accepted':
      return {
        submission: 'accepted',
        reason: null,
        pause: null,
        forRecipient: (recipient) => acceptedRecipient(result.recipients.get(recipient)),
      };
    case 'unavailable':
      return {
        submission: 'retryable',
        reason: null,
        pause: { reason: 'gateway_unreachable', scope: 'account' },
        forRecipient: all({ to: 'queued', reason: null, detail: null }),
      };
    case 'in_doubt':
      return {
        submission: 'in_doubt',
        reason: result.reason,
        pause: null,
        forRecipient: all({ to: 'in_doubt', reason: result.reason, detail: result.detail }),
      };
    case 'refused':
      return refused(result);
  }
};

const acceptedRecipient = (accepted: boolean | null | undefined): MessageOutcome => {
  if (accepted === true) return { to: 'accepted', reason: null, detail: null };
  if (accepted === false) return { to: 'failed', reason: 'refused_phone', detail: 'The gateway refused this number.' };
  // The campaign exists but its answer does not name this number: the campaign's detail will tell.
  return {
    to: 'in_doubt',
    reason: 'not_mentioned',
    detail: 'The gateway accepted the request without naming this number.',
  };
};

const refused = (result: Extract<SubmitResult, { kind: 'refused' }>): Outcome => {
  const waits = result.pause !== null && (result.scope === 'account' || result.scope === 'alphaname');
  return {
    submission: 'refused',
    reason: result.reason,
    pause:
      waits && result.pause
        ? { reason: result.pause, scope: result.scope === 'alphaname' ? 'alphaname' : 'account' }
        : null,
    forRecipient: all(
      waits
        ? { to: 'queued', reason: null, detail: null }
        : { to: 'failed', reason: result.reason, detail: result.detail },
    ),
  };
};
