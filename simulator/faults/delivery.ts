import type { ServerResponse } from 'node:http';

import type { Fault } from './kinds';

/** A whole HTTP answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface RawAnswer extends Omit<HttpAnswer, 'body'> {
  /** Bytes where a cut may fall inside a character. */
  readonly body: string | Buffer;
}

/** What is done to the connection. */
export type Delivery =
  | ({ readonly kind: 'answer' } & RawAnswer)
  /** Part of an answer, after which the connection closes although more was promised. */
  | ({ readonly kind: 'cut'; readonly bytes: number } & HttpAnswer)
  | ({ readonly kind: 'endless' } & HttpAnswer)
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' }
  | { readonly kind: 'hang' };

const HTML_TYPE = { 'Content-Type': 'text/html; charset=utf-8' };
const htmlPage = (title: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>${title}</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n`;

const HTTP_ERRORS = new Map([
  [500, '500 Internal Server Error'],
  [502, '502 Bad Gateway'],
  [503, '503 Service Temporarily Unavailable'],
  [504, '504 Gateway Time-out'],
]);

const answer = (whole: RawAnswer): Delivery => ({ kind: 'answer', ...whole });

const truncate = (whole: HttpAnswer, { params }: Fault): Delivery => {
  const bytes = params.bytes ?? Math.floor(Buffer.byteLength(whole.body) / 2);
  if (params.cut === 'connection') return { kind: 'cut', ...whole, bytes };
  return answer({ ...whole, body: Buffer.from(whole.body).subarray(0, bytes) });
};

/** How an answer reaches the client, or does not, under a fault. */
export const spoil = (whole: HttpAnswer, fault: Fault | null): Delivery => {
  const params = fault?.params ?? {};
  switch (fault?.kind) {
    case 'reset-before':
    case 'reset-after':
      return { kind: 'reset' };
    case 'close-after':
      return { kind: 'close' };
    case 'hang':
      return { kind: 'hang' };
    case 'endless':
      return { kind: 'endless', ...whole };
    case 'http-error': {
      const status = params.status ?? 500;
      return answer({
        status,
        headers: HTML_TYPE,
        body: htmlPage(HTTP_ERRORS.get(status) ?? `${String(status)} Error`),
      });
    }
    case 'html':
      return answer({ status: 200, headers: HTML_TYPE, body: htmlPage('Technical works') });
    case 'empty':
      return answer({ ...whole, body: '' });
    case 'truncated':
      return truncate(whole, fault);
    case 'malformed':
      // An unclosed first element: what regular expressions still read and parsers must not.
      return answer({ ...whole, body: whole.body.replace(/<\/\w+>\s*$/, '') });
    case 'wrong-root':
      return answer({
        ...whole,
        body: whole.body.replace(/(<\/?)(?:message|answer)(?=>)/g, `$1${params.root ?? 'result'}`),
      });
    case 'redirect': {
      const location = params.location ?? 'http://127.0.0.1:9/api/api.php';
      return answer({ status: params.status ?? 307, headers: { ...HTML_TYPE, Location: location }, body: '' });
    }
    default:
      return answer(whole);
  }
};

/** Blanks are harmless to a parser, so nothing but a limit ends the reading of an endless answer. */
const ENDLESS_CHUNK = ' '.repeat(16_384);
const ENDLESS_EVERY_MS = 20;

const sendEndless = (response: ServerResponse, { status, headers, body }: HttpAnswer): void => {
  response.writeHead(status, headers);
  response.write(body.replace(/<\/\w+>\s*$/, ''));
  const timer = setInterval(() => {
    // A client that stops reading must not fill our memory.
    if (!response.writableNeedDrain) response.write(ENDLESS_CHUNK);
  }, ENDLESS_EVERY_MS);
  response.once('close', () => clearInterval(timer));
};

/** Does it. The connection may be gone already: then nothing happens. */
export const deliver = (response: ServerResponse, delivery: Delivery): void => {
  const { socket } = response;
  switch (delivery.kind) {
    case 'reset':
      socket?.resetAndDestroy();
      return;
    case 'close':
      socket?.destroy();
      return;
    case 'hang':
      return;
    case 'endless':
      sendEndless(response, delivery);
      return;
    case 'cut': {
      const bytes = Buffer.from(delivery.body);
      response.writeHead(delivery.status, { ...delivery.headers, 'Content-Length': bytes.length });
      response.write(bytes.subarray(0, delivery.bytes), () => socket?.destroy());
      return;
    }
    case 'answer':
      response.writeHead(delivery.status, { ...delivery.headers, 'Content-Length': Buffer.byteLength(delivery.body) });
      response.end(delivery.body);
  }
};
