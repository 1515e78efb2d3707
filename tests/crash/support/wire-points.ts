import { subscribe } from 'node:diagnostics_channel';
import { connect } from 'node:net';
import { createHttpTransport } from '../../../server/src/gateway/http-transport';
import type { Transport } from '../../../server/src/gateway/transport';
import type { Pass, Plan } from './points';

const isSend = (body: unknown): boolean => Buffer.isBuffer(body) && body.includes('SENDSMS');

const requestIn = (message: unknown): object | null => {
  if (typeof message !== 'object' || message === null || !('request' in message)) return null;
  const { request } = message;
  return typeof request === 'object' ? request : null;
};

/** Points inside the HTTP library, which tells of its steps on these channels. Only requests that send texts count. */
export const watchWire = (pass: Pass): void => {
  const sends = new WeakSet<object>();
  subscribe('undici:request:create', (message) => {
    const request = requestIn(message);
    if (request && 'body' in request && isSend(request.body)) sends.add(request);
  });
  const on = (channel: string, point: Parameters<Pass>[0]): void =>
    subscribe(channel, (message) => {
      const request = requestIn(message);
      if (request && sends.has(request)) pass(point);
    });
  on('undici:request:bodySent', 'C7-request-written');
  on('undici:request:headers', 'C8-answer-arriving');
};

/** Puts half of a request on the wire and passes the point: no HTTP library can be made to do that. */
const halfRequest =
  (endpoint: URL, pass: Pass): Transport =>
  ({ headers, body }) =>
    new Promise((_, reject) => {
      const socket = connect(Number(endpoint.port), endpoint.hostname, () => {
        const head = Object.entries({ ...headers, host: endpoint.host, 'content-length': String(body.length) })
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('');
        socket.write(`POST ${endpoint.pathname} HTTP/1.1\r\n${head}\r\n`);
        socket.write(body.subarray(0, body.length / 2), () => pass('C7-half-request'));
      });
      socket.once('error', reject);
    });

/** The transport that a plan needs: the real one, but for a plan that cuts a request in two. */
export const transportFor = (
  plan: Plan | null,
  { endpoint, timeoutMs }: { endpoint: string; timeoutMs: number },
  pass: Pass,
): Transport => {
  const url = new URL(endpoint);
  const real = createHttpTransport({ endpoint: url, timeoutMs, connectTimeoutMs: 5_000 });
  if (plan?.point !== 'C7-half-request') return real;
  const half = halfRequest(url, pass);
  return (request) => (isSend(request.body) ? half(request) : real(request));
};
