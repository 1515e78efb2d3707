import { connect } from 'node:net';

import { manualClock, startSimulator, type Clock, type Simulator, type SimulatorOptions } from '../../../simulator';

/** Monday noon in Kyiv, winter time: wall times in tests are 2 hours ahead of UTC. */
export const NOON = Date.UTC(2024, 0, 29, 10, 0, 0);
export const NOON_KYIV = '2024-01-29 12:00:00';
export const AUTHORIZATION = `Basic ${Buffer.from('380000000000:simulator').toString('base64')}`;

export interface TestGateway extends Simulator {
  readonly clock: Clock;
  /** Posts a document as a third-party client would, and answers the raw body. */
  post(xml: string, headers?: Record<string, string>): Promise<string>;
  /** Sends one text to some numbers and answers the raw body. */
  sms(recipients: string | readonly string[], text?: string, attributes?: string): Promise<string>;
  ask(operation: string, attributes: string): Promise<string>;
}

const running: Simulator[] = [];

/** A simulator whose time stands still at noon. Closed by `closeAll`. */
export const startGateway = async (options: SimulatorOptions = {}): Promise<TestGateway> => {
  const clock = options.clock ?? manualClock(NOON);
  const simulator = await startSimulator({ ...options, clock });
  running.push(simulator);
  const post = async (xml: string, headers: Record<string, string> = {}): Promise<string> => {
    const response = await fetch(simulator.apiUrl, {
      method: 'POST',
      headers: { Authorization: AUTHORIZATION, 'Content-Type': 'text/xml', ...headers },
      body: xml,
      redirect: 'manual',
    });
    return response.text();
  };
  return {
    ...simulator,
    clock,
    post,
    sms: (recipients, text = 'Hello', attributes = 'source="MyShop"') =>
      post(
        `<?xml version="1.0" encoding="utf-8"?><request><operation>SENDSMS</operation><message ${attributes}><body>${text}</body>${[
          recipients,
        ]
          .flat()
          .map((number) => `<recipient>${number}</recipient>`)
          .join('')}</message></request>`,
      ),
    ask: (operation, attributes) =>
      post(`<request><operation>${operation}</operation><message ${attributes} /></request>`),
  };
};

export const closeAll = async (): Promise<void> => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
};

/** What a client that cuts with regular expressions reads. */
export const codeOf = (reply: string): string | undefined => /<state code="(\w+)"/.exec(reply)?.[1];
export const campaignOf = (reply: string): string => /campaignID="(\d+)" date=/.exec(reply)?.[1] ?? '';
export const statusOf = (reply: string): string | undefined => / status="(\w+)"/.exec(reply)?.[1];

/** Writes bytes to the port as they are and answers everything that came back until the connection closed. */
export const rawHttp = (port: number, bytes: string | Buffer): Promise<{ text: string; error: string | null }> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let error: string | null = null;
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      error = cause.code ?? cause.message;
    });
    socket.on('close', () => resolve({ text: Buffer.concat(chunks).toString('utf8'), error }));
  });

/** A whole HTTP/1.1 request by hand, without a Content-Type. */
export const rawRequest = (body: string, headers: readonly string[] = [], path = '/api/api.php'): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    `Authorization: ${AUTHORIZATION}`,
    ...headers,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    '',
    body,
  ].join('\r\n');
