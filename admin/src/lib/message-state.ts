import { FINAL_MESSAGE_STATES, type MessageState } from '../../../shared/vocabulary';

/** Colours of the Design System's `Status`. */
export type Tone = 'success' | 'danger' | 'warning' | 'secondary' | 'primary' | 'alternative' | 'neutral';

/**
 * Green belongs to the handset's word alone: a message that the gateway merely accepted must never look delivered.
 * Yellow asks for a person, red tells that nobody got the text, blue and violet are on the way.
 */
export const STATE_TONES: Readonly<Record<MessageState, Tone>> = {
  held: 'warning',
  queued: 'neutral',
  claimed: 'neutral',
  sending: 'neutral',
  accepted: 'secondary',
  sent: 'primary',
  delivered: 'success',
  undelivered: 'danger',
  expired: 'danger',
  stopped: 'danger',
  unreported: 'alternative',
  rejected: 'danger',
  failed: 'danger',
  in_doubt: 'warning',
  cancelled: 'neutral',
  closed: 'neutral',
};

const FINAL: ReadonlySet<MessageState> = new Set(FINAL_MESSAGE_STATES);
/** They wait for a person, maybe for weeks: no reason to ask the server every two seconds. */
const PARKED: ReadonlySet<MessageState> = new Set(['held', 'in_doubt']);

export const isFinal = (state: MessageState): boolean => FINAL.has(state);

/** May change by itself within seconds. */
export const isMoving = (state: MessageState): boolean => !FINAL.has(state) && !PARKED.has(state);

/** Still ours, so that cancelling is safe. */
export const canCancel = (state: MessageState): boolean => state === 'queued' || state === 'held';

/** Waits for a person's word to leave. */
export const canRelease = (state: MessageState): boolean => state === 'held';

/** The gateway can be asked about it. */
export const canCheck = (state: MessageState): boolean => state === 'accepted' || state === 'sent';
