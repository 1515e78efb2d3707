import { gunzipSync } from 'node:zlib';
import { buildConnector, Client, ProxyAgent, type Dispatcher } from 'undici';
import { factsOf } from './safe-cause';
import { TransportFault, type Transport, type TransportAnswer, type TransportRequest } from './transport';

export interface HttpTransportOptions {
  readonly endpoint: URL;
  /** Whole call, milliseconds. */
  readonly timeoutMs: number;
  /** Name look-up, TCP, proxy and TLS together, milliseconds. */
  readonly connectTimeoutMs: number;
  readonly proxyUrl?: URL | undefined;
}

type Connector = buildConnector.connector;

/** Given to every connection that is not needed any more; one for all, for making an error takes longer than hanging up. */
const HANG_UP = new Error('the call is over');

/** What is known of one connection attempt: the border between "nothing left" and "may have left". */
interface Line {
  connected: boolean;
  onConnected: () => void;
}

/**
 * Transport over HTTP/1.1 with undici. Every POST gets a connection of its own, closed after the answer: on a kept-alive
 * one the gateway may hang up just while a request leaves, and an SMS would be in doubt for nothing. It also makes
 * "connected" exact, and lets the connector refuse a second connection, so that no retry inside the library can ever put
 * a request on the wire twice. TLS sessions are still resumed, which is most of what keeping alive would save.
 * Certificates are always verified, whatever the environment says. Redirects are not followed.
 */
export const createHttpTransport = (options: HttpTransportOptions): Transport => {
  const tls = { rejectUnauthorized: true, timeout: options.connectTimeoutMs };
  const connector = buildConnector({ ...tls, allowH2: false });
  return async (request) => {
    const line: Line = { connected: false, onConnected: () => undefined };
    const deadline = startDeadline(options, request.signal, line);
    const dispatcher = options.proxyUrl === undefined ? direct(options.endpoint, connector, line) : proxied(options.proxyUrl, tls, line); // prettier-ignore
    try {
      return await exchange(dispatcher, options.endpoint, request, deadline.signal, line);
    } finally {
      deadline.clear();
      // Nothing is left to wait for: the answer is complete or given up, and the connection is not used again.
      void dispatcher.destroy(HANG_UP).catch(() => undefined);
    }
  };
};

const exchange = async (
  dispatcher: Dispatcher,
  endpoint: URL,
  request: TransportRequest,
  signal: AbortSignal,
  line: Line,
): Promise<TransportAnswer> => {
  let answer: Dispatcher.ResponseData;
  // The library looks at the signal only once a connection stands. Until then giving up means ending the dispatcher.
  const giveUp = (): void => {
    if (!line.connected) void dispatcher.destroy(HANG_UP).catch(() => undefined);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    signal.throwIfAborted();
    answer = await dispatcher.request({
      origin: endpoint.origin,
      path: endpoint.pathname + endpoint.search,
      method: 'POST',
      headers: { ...request.headers },
      body: request.body,
      signal,
    });
  } catch (error) {
    throw new TransportFault(faultKind(error, signal, line), undefined, signal.aborted ? signal.reason : error);
  }
  const chunks: Buffer[] = [];
  const received = (): TransportAnswer => ({ status: answer.statusCode, body: Buffer.concat(chunks) });
  let size = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      chunks.push(chunk);
      if (size > request.maxAnswerBytes) throw new TooLarge(`answer of more than ${request.maxAnswerBytes} bytes`);
    }
  } catch (error) {
    throw new TransportFault(faultKind(error, signal, line), received(), signal.aborted ? signal.reason : error);
  }
  return unpacked(received(), answer.headers['content-encoding'], request.maxAnswerBytes);
};

class TooLarge extends Error {}

const faultKind = (error: unknown, signal: AbortSignal, line: Line): TransportFault['kind'] => {
  if (!line.connected) return 'connect';
  if (error instanceof TooLarge) return 'garbled';
  if (signal.aborted) return 'timeout';
  const { name, code, message } = factsOf(error);
  // The parser met bytes that are not HTTP. An early end of the stream is a broken connection instead.
  const notHttp = name === 'HTTPParserError' && !/\bEOF\b/.test(message);
  return notHttp || code === 'UND_ERR_HEADERS_OVERFLOW' ? 'garbled' : 'reset';
};

/** Compression is never asked for; a proxy that adds it all the same should not put an SMS in doubt. */
const unpacked = (answer: TransportAnswer, encoding: unknown, maxBytes: number): TransportAnswer => {
  if (!/^\s*(x-)?gzip\s*$/i.test(String(encoding ?? ''))) return answer;
  try {
    return { status: answer.status, body: gunzipSync(answer.body, { maxOutputLength: maxBytes }) };
  } catch (error) {
    throw new TransportFault('garbled', answer, error);
  }
};

const direct = (endpoint: URL, connector: Connector, line: Line): Dispatcher =>
  new Client(endpoint.origin, { ...CLIENT_OPTIONS, connect: once(connector, line) });

const proxied = (proxyUrl: URL, tls: buildConnector.BuildOptions, line: Line): Dispatcher =>
  new ProxyAgent({
    uri: proxyUrl.href,
    proxyTls: tls,
    requestTls: tls,
    // The agent hands over the connector that builds its tunnel; only a finished tunnel counts as connected.
    factory: (origin: URL | string, given: object) => {
      const tunnel = 'connect' in given ? given.connect : undefined;
      if (typeof tunnel !== 'function') throw new TypeError('the proxy agent gave no connector');
      return new Client(origin, {
        ...CLIENT_OPTIONS,
        connect: once((opts, callback) => void tunnel(opts, callback), line),
      });
    },
  });

/** No keep-alive and no timers of the library's own: one deadline rules the whole call. */
const CLIENT_OPTIONS: Client.Options = { pipelining: 0, headersTimeout: 0, bodyTimeout: 0, allowH2: false };

/** A connector that opens one connection and no other, and notes when it stands. */
const once = (connector: Connector, line: Line): Connector => {
  let used = false;
  return (opts, callback) => {
    if (used) {
      queueMicrotask(() => callback(new Error('a request is put on one connection only'), null));
      return;
    }
    used = true;
    connector(opts, (...result) => {
      if (result[0] === null) {
        line.connected = true;
        line.onConnected();
      }
      callback(...result);
    });
  };
};

/** One deadline from three sources: the connect timeout while there is no connection, the whole timeout, the caller. */
const startDeadline = (
  { timeoutMs, connectTimeoutMs }: HttpTransportOptions,
  outer: AbortSignal | undefined,
  line: Line,
): { signal: AbortSignal; clear: () => void } => {
  const controller = new AbortController();
  const after = (ms: number, what: string): NodeJS.Timeout =>
    setTimeout(() => controller.abort(new Error(`${what} within ${ms} ms`)), ms);
  const connecting = after(connectTimeoutMs, 'no connection');
  const whole = after(timeoutMs, 'no complete answer');
  const onAbort = (): void => controller.abort(outer?.reason);
  if (outer?.aborted === true) onAbort();
  outer?.addEventListener('abort', onAbort, { once: true });
  line.onConnected = () => clearTimeout(connecting);
  const clear = (): void => {
    clearTimeout(connecting);
    clearTimeout(whole);
    outer?.removeEventListener('abort', onAbort);
  };
  return { signal: controller.signal, clear };
};
