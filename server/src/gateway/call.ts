import { attempt, judge, type AnswerContext } from './answer';
import { GatewayError, type GatewayErrorKind, type GatewayOperation, type RequestSent } from './errors';
import { MAX_ANSWER_BYTES } from './limits';
import { safeCause } from './safe-cause';
import { TransportFault, type Transport, type TransportAnswer, type TransportFaultKind } from './transport';
import type { XmlElement } from './xml/read';
import { writeXml, type XmlNode } from './xml/write';

/** What every method of the client takes besides its arguments. */
export interface CallOptions {
  /** Gives the call up. Before the connection stands nothing was sent; after it, the fate of the request is unknown. */
  readonly signal?: AbortSignal | undefined;
}

/** One operation on the wire: what to write, and how to read a document that refuses nothing. */
export interface Operation<T> {
  readonly operation: GatewayOperation;
  readonly request: XmlNode;
  /** @throws UnexpectedAnswer when the document is not an answer of this operation */
  readonly read: (root: XmlElement) => T;
  readonly maxAnswerBytes?: number;
  /** Texts that must not come back on an error, should the gateway echo the request. */
  readonly confidential?: readonly string[];
}

export type Call = <T>(operation: Operation<T>, options?: CallOptions) => Promise<T>;

export interface CallSetup {
  readonly transport: Transport;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** Builds the one path every operation takes: write, carry once, judge, read. */
export const createCall =
  ({ transport, headers, secrets }: CallSetup): Call =>
  async (operation, options = {}) => {
    const context = { operation: operation.operation, secrets, confidential: operation.confidential };
    const finish = (answer: TransportAnswer) => {
      if (answer.status < 200 || answer.status > 299) throw httpError(answer, context);
      const root = judge(answer.body, context);
      return attempt(() => operation.read(root), context);
    };
    let answer: TransportAnswer;
    try {
      answer = await transport({
        headers,
        body: Buffer.from(writeXml(operation.request), 'utf8'),
        maxAnswerBytes: operation.maxAnswerBytes ?? MAX_ANSWER_BYTES,
        signal: options.signal,
      });
    } catch (error) {
      return afterFault(error, context, finish);
    }
    return withSalvage(context, answer.body, () => finish(answer));
  };

/**
 * A broken exchange can still have brought a whole document (a wrong length header, a connection cut after the last
 * byte): then the document decides, for calling an accepted SMS lost would be the worse mistake. What is incomplete
 * stays a fault.
 */
const afterFault = <T>(error: unknown, context: AnswerContext, finish: (answer: TransportAnswer) => T): T => {
  const partial = error instanceof TransportFault ? error.partial : undefined;
  if (partial !== undefined) {
    try {
      return finish(partial);
    } catch (verdict) {
      if (verdict instanceof GatewayError && verdict.kind !== 'unreadable') throw verdict;
    }
  }
  const [kind, requestSent] = FAULTS[error instanceof TransportFault ? error.kind : 'reset'];
  throw new GatewayError({
    kind,
    requestSent,
    operation: context.operation,
    salvagedCampaignId: salvage(context, partial?.body),
    cause: safeCause(error instanceof TransportFault ? (error.cause ?? error) : error, context.secrets),
  });
};

const FAULTS: Readonly<Record<TransportFaultKind, readonly [GatewayErrorKind, RequestSent]>> = {
  connect: ['connect', 'no'],
  timeout: ['timeout', 'unknown'],
  reset: ['reset', 'unknown'],
  garbled: ['unreadable', 'yes'],
};

const httpError = (answer: TransportAnswer, context: AnswerContext): GatewayError =>
  new GatewayError({
    // 401 is what a request without credentials seems to get; a 403 is answered by the same settings.
    kind: answer.status === 401 || answer.status === 403 ? 'auth' : 'http',
    requestSent: 'yes',
    operation: context.operation,
    httpStatus: answer.status,
    salvagedCampaignId: salvage(context, answer.body),
  });

const withSalvage = <T>(context: AnswerContext, body: Buffer, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const found = error instanceof GatewayError && error.kind === 'unreadable' ? salvage(context, body) : undefined;
    if (!(error instanceof GatewayError) || found === undefined) throw error;
    throw new GatewayError({ ...detailsOf(error), salvagedCampaignId: found });
  }
};

const detailsOf = (error: GatewayError) => ({
  kind: error.kind,
  requestSent: error.requestSent,
  operation: error.operation,
  gatewayText: error.gatewayText,
  cause: error.cause instanceof Error ? error.cause : undefined,
});

/** The one campaign id whose digits stand complete between quotes in the bytes; two different ones would be a guess. */
const salvage = (context: AnswerContext, body: Buffer | undefined): string | undefined => {
  if (context.operation !== 'SENDSMS' || body === undefined) return undefined;
  const found = body.toString('latin1').matchAll(/\bcampaignID\s*=\s*(?:"(\d{1,20})"|'(\d{1,20})')/g);
  const ids = new Set([...found].map((match) => match[1] ?? match[2]));
  return ids.size === 1 ? [...ids][0] : undefined;
};
