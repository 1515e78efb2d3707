import { inspect, types } from 'node:util';
import { errorMessage } from './error-messages';

/** Operations of the wire, in the wire's spelling, for logs and error handling. */
export type GatewayOperation =
  | 'SENDSMS'
  | 'GETCAMPAIGNINFO'
  | 'GETCAMPAIGNDETAIL'
  | 'GETMESSAGESTATUS'
  | 'GETBALANCE'
  | 'MANAGEALFANAME'
  | 'STATUSPUSH';

/**
 * What went wrong, by what the caller can do about it:
 * `invalid` our argument, nothing was sent; `connect` no connection, nothing was sent; `timeout` and `reset` the answer was
 * lost; `http` an HTTP error; `unreadable` an answer that is not the protocol's; `auth` wrong login or password;
 * `refused` the gateway said a clear no, see `code`.
 */
export type GatewayErrorKind = 'invalid' | 'connect' | 'timeout' | 'reset' | 'http' | 'unreadable' | 'auth' | 'refused';

/** Did the request reach the gateway? `unknown` is the dangerous one: an SMS may or may not have left. */
export type RequestSent = 'no' | 'unknown' | 'yes';

export interface GatewayErrorDetails {
  readonly kind: GatewayErrorKind;
  readonly requestSent: RequestSent;
  /** Absent only for mistakes in the options of the client itself. */
  readonly operation?: GatewayOperation | undefined;
  readonly code?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly gatewayText?: string | undefined;
  readonly stopWords?: readonly string[] | undefined;
  readonly salvagedCampaignId?: string | undefined;
  readonly field?: string | undefined;
  /** For kind `invalid`: what to do about the field. */
  readonly cure?: string | undefined;
  /** Must be safe to log: see `safeCause`. */
  readonly cause?: Error | undefined;
}

/**
 * The one error of this client. Its message is one sentence for the shop owner; neither it nor any property ever holds the
 * login, the password, a phone number or the text of an SMS.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly kind: GatewayErrorKind;
  /** Proof for or against a second try: only `no` makes sending again safe. */
  readonly requestSent: RequestSent;
  readonly operation: GatewayOperation | undefined;
  /** The gateway's code in upper case (`ERRPHONES`, …); only with kind `refused`. */
  readonly code: string | undefined;
  readonly httpStatus: number | undefined;
  /** The gateway's own sentence, shortened and cleaned of numbers and credentials. */
  readonly gatewayText: string | undefined;
  /** Words the gateway forbids, when it refused a text for them. */
  readonly stopWords: readonly string[] | undefined;
  /** A campaign id seen in the bytes of a SENDSMS answer that could not be read: a lead to verify, not proof. */
  readonly salvagedCampaignId: string | undefined;
  /** Name of the wrong option or argument; only with kind `invalid`. */
  readonly field: string | undefined;

  constructor(details: GatewayErrorDetails) {
    super(errorMessage(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.requestSent = details.requestSent;
    this.operation = details.operation;
    this.code = details.code;
    this.httpStatus = details.httpStatus;
    this.gatewayText = details.gatewayText;
    this.stopWords = details.stopWords;
    this.salvagedCampaignId = details.salvagedCampaignId;
    this.field = details.field;
  }

  /** What a log may keep. Stop words, and whatever a foreign page says, may be words of somebody's SMS: they stay out. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      message: this.message,
      kind: this.kind,
      requestSent: this.requestSent,
      operation: this.operation,
      code: this.code,
      httpStatus: this.httpStatus,
      gatewayText: this.isFixedText() ? this.gatewayText : undefined,
      salvagedCampaignId: this.salvagedCampaignId,
      field: this.field,
      cause: types.isNativeError(this.cause) ? this.cause.message : undefined,
    };
  }

  private isFixedText(): boolean {
    return this.kind === 'auth' || (this.kind === 'refused' && this.code !== 'ERRTEXT');
  }

  [inspect.custom](): string {
    const facts = Object.entries(this.toJSON())
      .filter(([key, value]) => value !== undefined && key !== 'name' && key !== 'message')
      .map(([key, value]) => `${key}: ${String(value)}`);
    return `${this.stack ?? this.message}\n  { ${facts.join(', ')} }`;
  }
}

/** True for errors of this client, also when two copies of the package are installed. */
export const isGatewayError = (value: unknown): value is GatewayError =>
  value instanceof GatewayError ||
  (types.isNativeError(value) && value.name === 'GatewayError' && 'kind' in value && 'requestSent' in value);

/** A wrong argument or option: nothing was sent. `cure` finishes the sentence "`field` …". */
export const invalid = (field: string, cure: string, operation?: GatewayOperation): GatewayError =>
  new GatewayError({ kind: 'invalid', requestSent: 'no', operation, field, cure });
