/** One POST to the gateway, as the client asks a transport for it. */
export interface TransportRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Bytes after which the answer is given up. */
  readonly maxAnswerBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export interface TransportAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/**
 * How a POST failed. `connect`: no connection came to be, so no byte of the request left. `timeout` and `reset`: the
 * request may have arrived. `garbled`: something came back that is not HTTP, or more of it than allowed.
 */
export type TransportFaultKind = 'connect' | 'timeout' | 'reset' | 'garbled';

/** A POST without a complete answer. Whatever of it arrived is kept: it may hold a whole document or a campaign id. */
export class TransportFault extends Error {
  override readonly name = 'TransportFault';

  constructor(
    readonly kind: TransportFaultKind,
    readonly partial: TransportAnswer | undefined,
    cause?: unknown,
  ) {
    super(`transport fault: ${kind}`, { cause });
  }
}

/**
 * Carries one POST and brings its answer. Promises every implementation must keep: the request is put on the wire at most
 * once (no retry, no redirect), and `connect` is reported only with proof that no byte of it left. Everything else that
 * goes wrong is thrown as a TransportFault.
 */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;
