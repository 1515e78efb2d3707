import { gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import type { GatewayErrorKind, RequestSent, SendSmsResult } from '../../server/src/gateway';
import { endlessHead, httpAnswer, startMisbehavingServer, type Behaviour, type MisbehavingServer } from '../support/misbehaving-server'; // prettier-ignore
import { ACCEPTED, NUMBER } from './support/answers';
import { clientOf, errorOf } from './support/clients';

const SMS = { alphaname: 'MyShop', text: 'Готово', recipients: [NUMBER] };

let server: MisbehavingServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const serve = async (behaviour: Behaviour): Promise<MisbehavingServer> => {
  server = await startMisbehavingServer(behaviour);
  return server;
};

/** A server that answers every request with these bytes and then does with the connection what it is told. */
const answering = (bytes: Buffer, then: (socket: Socket) => void = () => undefined): Behaviour => ({
  onRequest: (socket) => socket.write(bytes, () => then(socket)),
});
const end = (socket: Socket): void => void socket.end();
const chunked = (body: string): Buffer =>
  Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`); // prettier-ignore
const reset = (socket: Socket): void => void socket.resetAndDestroy();

const page = '<html><body><h1>502 Bad Gateway</h1><hr></body></html>';

interface Fault {
  readonly behaviour: Behaviour;
  readonly kind: GatewayErrorKind;
  readonly sent: RequestSent;
  /** Whole requests the server must have seen: never more than one. */
  readonly posts: 0 | 1;
  readonly timeoutMs?: number;
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'reset before the body': { behaviour: { onHead: reset }, kind: 'reset', sent: 'unknown', posts: 0 },
  'reset after the body': { behaviour: { onRequest: reset }, kind: 'reset', sent: 'unknown', posts: 1 },
  'close without an answer': { behaviour: { onRequest: end }, kind: 'reset', sent: 'unknown', posts: 1 },
  'half a status line, then close': { behaviour: answering(Buffer.from('HTTP/1.1 20'), end), kind: 'reset', sent: 'unknown', posts: 1 },
  'half an answer, then close': { behaviour: answering(httpAnswer(200, ACCEPTED).subarray(0, -60), end), kind: 'reset', sent: 'unknown', posts: 1 },
  'half an answer, then reset': { behaviour: answering(httpAnswer(200, ACCEPTED).subarray(0, -60), reset), kind: 'reset', sent: 'unknown', posts: 1 },
  'half an answer, then silence': { behaviour: answering(httpAnswer(200, ACCEPTED).subarray(0, -60)), kind: 'timeout', sent: 'unknown', posts: 1, timeoutMs: 150 },
  'no answer at all': { behaviour: {}, kind: 'timeout', sent: 'unknown', posts: 1, timeoutMs: 150 },
  'headers that never end': { behaviour: answering(Buffer.from('HTTP/1.1 200 OK\r\nX-Slow: 1\r\n')), kind: 'timeout', sent: 'unknown', posts: 1, timeoutMs: 150 },
  'bytes that are not HTTP': { behaviour: answering(Buffer.from('220 mail.example.com ESMTP\r\n\r\n'), end), kind: 'unreadable', sent: 'yes', posts: 1 },
  'headers without measure': { behaviour: answering(Buffer.from(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(70_000)}\r\n\r\n`), end), kind: 'unreadable', sent: 'yes', posts: 1 },
  'half a chunk, then close': { behaviour: answering(chunked(ACCEPTED).subarray(0, -70), end), kind: 'reset', sent: 'unknown', posts: 1 },
  'an empty 200': { behaviour: answering(httpAnswer(200, '')), kind: 'unreadable', sent: 'yes', posts: 1 },
  'a page with 200': { behaviour: answering(httpAnswer(200, page)), kind: 'unreadable', sent: 'yes', posts: 1 },
  'a 500': { behaviour: answering(httpAnswer(500, page)), kind: 'http', sent: 'yes', posts: 1 },
  'a 502': { behaviour: answering(httpAnswer(502, '')), kind: 'http', sent: 'yes', posts: 1 },
  'a 503 cut short': { behaviour: answering(httpAnswer(503, page).subarray(0, -5), end), kind: 'http', sent: 'yes', posts: 1 },
  'a 301': { behaviour: answering(httpAnswer(301, '', { Location: '/api/api.php' })), kind: 'http', sent: 'yes', posts: 1 },
  'a 307': { behaviour: answering(httpAnswer(307, '', { Location: '/api/api.php' })), kind: 'http', sent: 'yes', posts: 1 },
  'a 401': { behaviour: answering(httpAnswer(401, '', { 'WWW-Authenticate': 'Basic realm="x"' })), kind: 'auth', sent: 'yes', posts: 1 },
  'Access denied!': { behaviour: answering(httpAnswer(200, 'Access denied!')), kind: 'auth', sent: 'yes', posts: 1 },
  'Access denied in the long form': { behaviour: answering(httpAnswer(200, 'Access denied! Incorrect login or password.')), kind: 'auth', sent: 'yes', posts: 1 },
  'acceptance without an id': { behaviour: answering(httpAnswer(200, ACCEPTED.replace('campaignID="3917349" ', ''))), kind: 'unreadable', sent: 'yes', posts: 1 },
  'damaged gzip': { behaviour: answering(httpAnswer(200, gzipSync(ACCEPTED).subarray(0, -9), { 'Content-Encoding': 'gzip' })), kind: 'unreadable', sent: 'yes', posts: 1 },
  'a gzip bomb': { behaviour: answering(httpAnswer(200, gzipSync(Buffer.alloc(5_000_000)), { 'Content-Encoding': 'gzip' })), kind: 'unreadable', sent: 'yes', posts: 1 },
}; // prettier-ignore

test.each(Object.entries(FAULTS))('%s', async (_name, { behaviour, kind, sent, posts, timeoutMs }) => {
  const { endpoint, requests, connections, idle } = await serve(behaviour);
  const error = await errorOf(clientOf(endpoint, timeoutMs === undefined ? {} : { timeoutMs }).sendSms(SMS));
  expect([error.kind, error.requestSent]).toEqual([kind, sent]);
  await idle();
  expect(requests).toHaveLength(posts);
  expect(connections()).toBe(1);
});

test('reset of the connection as it opens: noticed before it stands or after, and both are told as they are', async () => {
  const { endpoint, requests, connections } = await serve({ onConnection: reset });
  const error = await errorOf(clientOf(endpoint).sendSms(SMS));
  expect([error.kind, error.requestSent]).toEqual(error.kind === 'connect' ? ['connect', 'no'] : ['reset', 'unknown']);
  expect(requests).toEqual([]);
  expect(connections()).toBe(1);
});

const readable: Readonly<Record<string, Buffer>> = {
  'a lying charset': httpAnswer(200, ACCEPTED.replace('The', 'Прийнято'), { 'Content-Type': 'text/html; charset=windows-1251' }), // prettier-ignore
  'an unknown charset': httpAnswer(200, ACCEPTED, { 'Content-Type': 'text/html; charset=nonsense' }),
  'no content type': httpAnswer(200, ACCEPTED),
  'a byte order mark': httpAnswer(200, `\ufeff${ACCEPTED}`),
  'gzip nobody asked for': httpAnswer(200, gzipSync(ACCEPTED), { 'Content-Encoding': 'gzip' }),
  chunks: chunked(ACCEPTED),
  'chunks whose end is lost': chunked(ACCEPTED).subarray(0, -5),
  'a length that is too long': httpAnswer(200, ACCEPTED, { 'Content-Length': String(ACCEPTED.length + 2) }),
  'a connection that stays open': httpAnswer(200, ACCEPTED, { Connection: 'keep-alive' }),
};

test.each(Object.entries(readable))('reads an answer with %s', async (_name, bytes) => {
  const { endpoint, idle } = await serve(answering(bytes, end));
  expect((await clientOf(endpoint).sendSms(SMS)).campaignId).toBe('3917349');
  await idle();
});

test('hangs up itself when the other side would keep the connection', async () => {
  const { endpoint, idle } = await serve(answering(httpAnswer(200, ACCEPTED, { Connection: 'keep-alive' })));
  await clientOf(endpoint).sendSms(SMS);
  await idle();
});

test('reads an answer that comes byte by byte', async () => {
  const { endpoint } = await serve({
    onRequest: (socket) => {
      const bytes = httpAnswer(200, ACCEPTED);
      const next = (at: number): void => {
        if (at < bytes.length) socket.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1));
      };
      next(0);
    },
  });
  expect((await clientOf(endpoint).sendSms(SMS)).campaignId).toBe('3917349');
});

test('an answer that never ends is dropped at the limit', async () => {
  let written = 0;
  const { endpoint, idle } = await serve({
    onRequest: (socket) => {
      const block = Buffer.alloc(16_384, 'x');
      const pour = (): void => {
        if (socket.destroyed) return;
        written += block.length;
        socket.write(block, pour);
      };
      socket.write(endlessHead(), pour);
    },
  });
  const error = await errorOf(clientOf(endpoint).sendSms(SMS));
  expect([error.kind, error.requestSent]).toEqual(['unreadable', 'yes']);
  await idle();
  expect(written).toBeLessThan(20_000_000);
});

test('an answer that drips without end meets the deadline', async () => {
  const { endpoint, idle } = await serve({
    onRequest: (socket) => {
      socket.write(endlessHead());
      const drip = (): void => {
        if (!socket.destroyed) socket.write(' ', () => setTimeout(drip, 10));
      };
      drip();
    },
  });
  const error = await errorOf(clientOf(endpoint, { timeoutMs: 200 }).sendSms(SMS));
  expect([error.kind, error.requestSent]).toEqual(['timeout', 'unknown']);
  await idle();
});

describe('an answer cut after any number of bytes', () => {
  /** Lets the nth request meet the answer cut after n bytes; four at a time keep it quick. */
  const cutEverywhere = async (whole: Buffer, verify: (cut: number, outcome: unknown) => void): Promise<void> => {
    let next = 0;
    const cuts = new Map<string, number>();
    const { endpoint, requests } = await serve({
      onRequest: (socket, { body }) => {
        const cut = cuts.get(/desc="(\d+)"/.exec(body)?.[1] ?? '') ?? 0;
        socket.end(whole.subarray(0, cut));
      },
    });
    const client = clientOf(endpoint);
    const worker = async (): Promise<void> => {
      for (let cut = next++; cut <= whole.length; cut = next++) {
        cuts.set(String(cut), cut);
        const outcome = await client.sendSms({ ...SMS, description: String(cut) }).catch((error: unknown) => error);
        verify(cut, outcome);
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    expect(requests).toHaveLength(whole.length + 1);
  };

  // Cutting off the line break at the end leaves a complete document.
  const complete = Buffer.byteLength(ACCEPTED.trimEnd());
  const idEnd = Buffer.byteLength(ACCEPTED.slice(0, ACCEPTED.indexOf('3917349"') + 8));

  test.each<[string, Buffer, GatewayErrorKind]>([
    ['with a length', httpAnswer(200, ACCEPTED), 'reset'],
    ['that ends with the connection', Buffer.concat([endlessHead(), Buffer.from(ACCEPTED)]), 'unreadable'],
  ])('%s is in doubt until the document is complete', async (_name, whole, kind) => {
    const bodyStart = whole.length - Buffer.byteLength(ACCEPTED);
    await cutEverywhere(whole, (cut, outcome) => {
      const arrived = cut - bodyStart;
      if (arrived >= complete) {
        expect((outcome as SendSmsResult).campaignId).toBe('3917349');
        return;
      }
      expect(outcome).toMatchObject({
        kind: arrived < 0 ? 'reset' : kind,
        requestSent: arrived < 0 || kind === 'reset' ? 'unknown' : 'yes',
        salvagedCampaignId: arrived >= idEnd ? '3917349' : undefined,
      });
    });
  });
});
