import type { MessageDetailResponse } from '../../../shared/contracts/messages';
import { FAULT_KINDS, type FaultKind, type PauseReason, type Reason } from '../../../shared/vocabulary';
import type { MessageKey } from '../hooks/use-t';

/**
 * The server's sentences name the particulars (a field, a code, an amount) and are English. Where our own words, in the
 * person's language, say as much already, they would only say it twice.
 */
const REASONS_TOLD: ReadonlySet<Reason> = new Set<Reason>([
  'empty_text',
  'refused_phone',
  'refused_text',
  'refused_time',
  'process_died',
  'not_mentioned',
  'campaign_id_reused',
]);

const PAUSES_TOLD: ReadonlySet<PauseReason> = new Set<PauseReason>([
  'wrong_credentials',
  'no_funds',
  'alphaname_refused',
  'too_many_in_doubt',
  'gateway_unreachable',
]);

const FAULTS_TOLD: ReadonlySet<FaultKind> = new Set<FaultKind>(['connect', 'timeout', 'reset', 'auth']);

/** What the server says beyond the reason and its advice. */
export const beyondReason = (reason: Reason | null, detail: string | null): string | null =>
  reason && REASONS_TOLD.has(reason) ? null : detail;

/** What the server says beyond the title of a pause and its cure. */
export const beyondPause = (reason: PauseReason, detail: string | null): string | null =>
  PAUSES_TOLD.has(reason) ? null : detail;

/** How a request ended: a sentence of our own, the server's words, or both. */
export const howItEnded = ({
  submission,
  reason,
}: Pick<MessageDetailResponse, 'submission' | 'reason'>): { key: MessageKey | null; words: string | null } => {
  const fault = FAULT_KINDS.find((kind) => kind === submission?.errorKind);
  const words = submission?.detail ?? null;
  if (fault) return { key: `fault.${fault}.title`, words: FAULTS_TOLD.has(fault) ? null : words };
  return reason && REASONS_TOLD.has(reason) ? { key: `reason.${reason}`, words: null } : { key: null, words };
};
