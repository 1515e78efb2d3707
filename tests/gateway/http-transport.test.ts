import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpAnswer, startMisbehavingServer, type Behaviour, type MisbehavingServer } from '../support/misbehaving-server'; // prettier-ignore
import { ACCEPTED, BALANCE, NUMBER } from './support/answers';
import { clientOf, errorOf } from './support/clients';

const SMS = { alphaname: 'MyShop', text: 'Готово', recipients: [NUMBER] };

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const serve = async (behaviour: Behaviour): Promise<MisbehavingServer> => {
  const server = await startMisbehavingServer(behaviour);
  closers.push(server.close);
  return server;
};

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())));
  return (server.address() as AddressInfo).port;
};

const balance: Behaviour = { onRequest: (socket) => socket.write(httpAnswer(200, BALANCE)) };

describe('failures before the connection stands prove that nothing was sent', () => {
  test('nobody listens', async () => {
    const { endpoint, close } = await serve({});
    await close();
    const error = await errorOf(clientOf(endpoint).sendSms(SMS));
    expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
    expect(error.cause).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('the name does not exist', async () => {
    const error = await errorOf(clientOf('https://gateway.invalid/api/api.php').sendSms(SMS));
    expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
  });

  test('the other side does not speak TLS', async () => {
    const { endpoint, requests } = await serve({
      onConnection: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    });
    const error = await errorOf(clientOf(endpoint.replace('http:', 'https:')).sendSms(SMS));
    expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
    expect(requests).toEqual([]);
  });

  test('the other side closes during the TLS handshake', async () => {
    const { endpoint } = await serve({ onConnection: (socket) => socket.resetAndDestroy() });
    const error = await errorOf(clientOf(endpoint.replace('http:', 'https:')).sendSms(SMS));
    expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
  });

  test('the TLS handshake takes longer than the connect timeout', async () => {
    const { endpoint } = await serve({});
    const client = clientOf(endpoint.replace('http:', 'https:'), { connectTimeoutMs: 100 });
    const error = await errorOf(client.sendSms(SMS));
    expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
  });

  test('the certificate is not trusted, even when the environment says not to care', async () => {
    const read = (name: string): Buffer => readFileSync(join(__dirname, 'support', name));
    let requests = 0;
    const server = createTlsServer(
      { key: read('localhost-key.pem'), cert: read('localhost-cert.pem') },
      (_, response) => {
        requests += 1;
        response.end(BALANCE);
      },
    );
    const port = await listen(server);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const error = await errorOf(clientOf(`https://localhost:${port}/`).getBalance());
      expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
      expect(error.cause).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect(requests).toBe(0);
  });

  test('the caller gave up before', async () => {
    const { endpoint, connections } = await serve(balance);
    const error = await errorOf(clientOf(endpoint).sendSms(SMS, { signal: AbortSignal.abort() }));
    expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
    expect(connections()).toBe(0);
  });
});

test('a caller who gives up after the request left does not know its fate', async () => {
  const controller = new AbortController();
  const { endpoint, idle } = await serve({ onRequest: () => controller.abort() });
  const error = await errorOf(clientOf(endpoint).sendSms(SMS, { signal: controller.signal }));
  expect([error.kind, error.requestSent]).toEqual(['timeout', 'unknown']);
  await idle();
});

test('the request on the wire', async () => {
  const { endpoint, requests } = await serve(balance);
  await clientOf(`${endpoint}?t=1`).getBalance();
  const [request] = requests;
  expect([request?.method, request?.path]).toEqual(['POST', '/api/api.php?t=1']);
  expect(request?.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  expect(request?.headers.get('authorization')).toMatch(/^Basic [A-Za-z0-9+/]+=*$/);
  expect(request?.headers.has('transfer-encoding')).toBe(false);
  expect(request?.body).toBe(
    '<?xml version="1.0" encoding="utf-8"?><request><operation>GETBALANCE</operation></request>',
  );
});

test('each request has a connection of its own, so a server that hangs up after an answer harms no one', async () => {
  const { endpoint, requests, connections, idle } = await serve({
    onRequest: (socket) =>
      socket.write(httpAnswer(200, ACCEPTED, { Connection: 'keep-alive' }), () => socket.destroySoon()),
  });
  const client = clientOf(endpoint);
  for (let count = 0; count < 20; count += 1) await client.sendSms(SMS);
  await Promise.all(Array.from({ length: 20 }, () => client.sendSms(SMS)));
  expect(requests).toHaveLength(40);
  expect(requests.every(({ headers }) => headers.get('connection') === 'close')).toBe(true);
  expect(connections()).toBe(40);
  await idle();
});

test.each([301, 302, 303, 307, 308])('a %i to another address is not followed', async (status) => {
  const other = await serve({ onRequest: (socket) => socket.write(httpAnswer(200, ACCEPTED)) });
  const { endpoint, requests } = await serve({
    onRequest: (socket) => socket.write(httpAnswer(status, '', { Location: other.endpoint })),
  });
  const error = await errorOf(clientOf(endpoint).sendSms(SMS));
  expect(error).toMatchObject({ kind: 'http', httpStatus: status, requestSent: 'yes' });
  expect(error.message).toMatch(/another address/);
  expect(requests).toHaveLength(1);
  expect(other.connections()).toBe(0);
});

describe('through a proxy', () => {
  /** A proxy that tunnels, answers CONNECT with another status, or says nothing. */
  const startProxy = async (behaviour: 'tunnel' | 'refuse' | 'silent'): Promise<{ url: string; seen: string[] }> => {
    const seen: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket, head) => {
      seen.push(`${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`);
      socket.on('error', () => socket.destroy());
      if (behaviour === 'silent') {
        // Ends with the other side, so that the test ends only if the client hangs up.
        socket.on('end', () => socket.destroy()).resume();
        return;
      }
      if (behaviour === 'refuse') {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket);
        socket.pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
    });
    return { url: `http://me:s%3Ccret@127.0.0.1:${await listen(proxy)}`, seen };
  };

  test('requests are tunnelled', async () => {
    const { url, seen } = await startProxy('tunnel');
    const { endpoint, port, requests } = await serve(balance);
    expect(await clientOf(endpoint, { proxyUrl: url }).getBalance()).toEqual({ amount: '27.405', currency: 'UAH' });
    expect(seen).toEqual([`127.0.0.1:${port} Basic ${Buffer.from('me:s<cret').toString('base64')}`]);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers.has('proxy-authorization')).toBe(false);
  });

  test('what breaks behind the tunnel is in doubt', async () => {
    const { url } = await startProxy('tunnel');
    const { endpoint, requests } = await serve({ onRequest: (socket) => socket.resetAndDestroy() });
    const error = await errorOf(clientOf(endpoint, { proxyUrl: url }).sendSms(SMS));
    expect([error.kind, error.requestSent]).toEqual(['reset', 'unknown']);
    expect(requests).toHaveLength(1);
  });

  test.each(['refuse', 'silent'] as const)('a proxy that does %s proves that nothing was sent', async (behaviour) => {
    const { url } = await startProxy(behaviour);
    const { endpoint, connections } = await serve(balance);
    const error = await errorOf(clientOf(endpoint, { proxyUrl: url, connectTimeoutMs: 300 }).sendSms(SMS));
    expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
    expect(connections()).toBe(0);
  });

  test('so does a proxy that is not there, and its password stays out of the error', async () => {
    const blocked = createTcpServer();
    await new Promise<void>((resolve) => blocked.listen(0, '127.0.0.1', resolve));
    const { port } = blocked.address() as AddressInfo;
    await new Promise((resolve) => blocked.close(resolve));
    const { endpoint } = await serve(balance);
    const client = clientOf(endpoint, { proxyUrl: `http://me:s%3Ccret@127.0.0.1:${port}` });
    const error = await errorOf(client.sendSms(SMS));
    expect([error.kind, error.requestSent]).toEqual(['connect', 'no']);
    expect(String(error.stack) + JSON.stringify(error)).not.toMatch(/s<cret|s%3Ccret/);
  });
});
