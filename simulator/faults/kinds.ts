/** What can be made to go wrong with one API request; the README tells each with its parameters. */
export const FAULT_KINDS = [
  'slow',
  'hang',
  'reset-before',
  'reset-after',
  'close-after',
  'http-error',
  'html',
  'empty',
  'truncated',
  'malformed',
  'wrong-root',
  'redirect',
  'endless',
  'wrong-login',
  'no-funds',
  'stop-word',
  'refuse',
  'duplicate-campaign-id',
  'missing-recipients',
  'extra-recipients',
  'duplicate-push',
  'delay-push',
  'lose-push',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** `before`: the gateway never saw the request. `after`: it did its work, and only the answer suffers. */
export type FaultStage = 'before' | 'after';

/** Parameters of a fault; each kind reads its own and ignores the rest. */
export interface FaultParams {
  /** `slow`: wait before the answer. `delay-push`: wait before the push. Real milliseconds for `slow`. */
  readonly ms?: number;
  /** Whether the request was handled; the default depends on the kind. */
  readonly stage?: FaultStage;
  /** `http-error`, `redirect`: the HTTP status. */
  readonly status?: number;
  /** `truncated`: how many bytes of the answer are sent. */
  readonly bytes?: number;
  /** `truncated`: `body` ends the HTTP answer properly, `connection` promises more and closes. */
  readonly cut?: 'body' | 'connection';
  /** `stop-word`: the word complained about. */
  readonly word?: string;
  /** `wrong-root`: the name of the root element. */
  readonly root?: string;
  /** `redirect`: where to. */
  readonly location?: string;
  /** `missing-recipients`: how many are left out of the answer. */
  readonly count?: number;
  /** `extra-recipients`: numbers that were never asked for. */
  readonly recipients?: readonly string[];
  /** `refuse`: the state code and its sentence. */
  readonly code?: string;
  readonly text?: string;
}

/** A fault as it applies to one request. */
export interface Fault {
  readonly kind: FaultKind;
  readonly params: FaultParams;
}

/** Faults that replace the whole answer where the request usually was not handled. */
const BEFORE_BY_DEFAULT: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'reset-before',
  'http-error',
  'html',
  'empty',
  'redirect',
]);

export const stageOf = (fault: Fault): FaultStage =>
  fault.params.stage ?? (BEFORE_BY_DEFAULT.has(fault.kind) ? 'before' : 'after');
