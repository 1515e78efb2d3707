import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One HTTP request as it stood on the wire. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What the server does. Every part is optional; a server without any accepts connections and never answers. */
export interface Behaviour {
  readonly onConnection?: (socket: Socket) => void;
  /** Called once per request when its head is complete, before its body is. */
  readonly onHead?: (socket: Socket) => void;
  /** Called when a whole request has arrived. */
  readonly onRequest?: (socket: Socket, request: ReceivedRequest) => void;
}

export interface MisbehavingServer {
  /** Plain http address on loopback with the gateway's path. */
  readonly endpoint: string;
  readonly port: number;
  /** Whole requests received so far. */
  readonly requests: readonly ReceivedRequest[];
  readonly connections: () => number;
  /** Resolves when the peer has closed every connection. */
  readonly idle: () => Promise<void>;
  /** Ends the server and whatever connection is left. */
  readonly close: () => Promise<void>;
}

/** A raw TCP server on a free port that speaks HTTP only as far as the behaviour does. */
export const startMisbehavingServer = async (behaviour: Behaviour): Promise<MisbehavingServer> => {
  const requests: ReceivedRequest[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  let waiting: (() => void)[] = [];
  const server: Server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      open.delete(socket);
      if (open.size > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    });
    behaviour.onConnection?.(socket);
    readRequests(socket, behaviour, requests);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/api/api.php`,
    port,
    requests,
    connections: () => connections,
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
};

const readRequests = (socket: Socket, behaviour: Behaviour, requests: ReceivedRequest[]): void => {
  let buffer = Buffer.alloc(0);
  let headSeen = false;
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const headEnd = buffer.indexOf('\r\n\r\n');
      if (headEnd === -1) return;
      if (!headSeen) {
        headSeen = true;
        behaviour.onHead?.(socket);
        if (socket.destroyed) return;
      }
      const [requestLine = '', ...lines] = buffer.subarray(0, headEnd).toString('latin1').split('\r\n');
      const headers = new Map(
        lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
      );
      const end = headEnd + 4 + Number(headers.get('content-length') ?? 0);
      if (buffer.length < end) return;
      const [method = '', path = ''] = requestLine.split(' ');
      const request = { method, path, headers, body: buffer.subarray(headEnd + 4, end).toString('utf8') };
      buffer = buffer.subarray(end);
      headSeen = false;
      requests.push(request);
      behaviour.onRequest?.(socket, request);
    }
  });
};

/** Head and body of an HTTP answer with a right length, unless the headers say otherwise. */
export const httpAnswer = (
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Buffer => {
  const bytes = Buffer.from(body);
  const all = { 'Content-Length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
};

/** Head of an answer without a length: it ends when the connection does. */
export const endlessHead = (headers: Readonly<Record<string, string>> = {}): Buffer =>
  Buffer.from(
    `HTTP/1.1 200 OK\r\nConnection: close\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
    'latin1',
  );
