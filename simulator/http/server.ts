import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { HANDSET_PAGE, HANDSET_POLICY } from '../handset/page';
import type { ApiRoute } from './api-route';
import { BodyAbortedError } from './body';
import type { ControlRoute } from './control-route';
import type { Guard } from './guard';

export interface Routes {
  readonly api: ApiRoute;
  readonly control: ControlRoute;
  readonly guard: Guard;
}

const sendText = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
};

const sendPage = (response: ServerResponse): void => {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': HANDSET_POLICY,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(HANDSET_PAGE);
};

const route = async (request: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> => {
  const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
  if (routes.api.serves(path)) {
    await routes.api.serve(request, response, path);
    return;
  }
  const isControl = path.startsWith('/control/');
  const isPage = path === '/' || path === '/handset';
  if (!isControl && !isPage) {
    sendText(
      response,
      404,
      'Nothing is here. The API is at /api/api.php, the handset at /, the control API at /control.',
    );
    return;
  }
  const refusal = routes.guard.refusal(request);
  if (refusal !== null) sendText(response, 403, refusal);
  else if (isPage) sendPage(response);
  else await routes.control.serve(request, response, path.slice('/control'.length), new URLSearchParams(search));
};

/** Starts listening. @throws when the address is taken or cannot be used */
export const listen = async (routes: Routes, host: string, port: number): Promise<{ server: Server; port: number }> => {
  const server = createServer((request, response) => {
    route(request, response, routes).catch((cause: unknown) => {
      if (!(cause instanceof BodyAbortedError)) console.error('The simulator failed to answer:', cause);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'The simulator failed; its console tells why.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A server that listens on TCP always has an address object.
  const address = server.address() as AddressInfo;
  return { server, port: address.port };
};
