import { createGatewayClient, type TransportRequest } from '../../server/src/gateway';
import { createHttpTransport } from '../../server/src/gateway/http-transport';
import { onEachDatabase, type DatabaseName } from '../support/databases';
import { LOGIN, messageOf, PASSWORD, runnerOf, setUp } from '../support/dispatcher';
import { startGateway } from '../support/gateway-process';
import { figure, type Figure } from '../support/report';

const IN_FLIGHT = 50;
const MESSAGES = 3_000;
const GOALS: Readonly<Record<DatabaseName, number>> = { SQLite: 0.5, PostgreSQL: 0.4, MariaDB: 0.4 };

/** The very request that one of our messages makes, caught on its way. */
const catchRequest = async (apiUrl: string): Promise<TransportRequest> => {
  const caught: TransportRequest[] = [];
  const client = createGatewayClient({
    endpoint: apiUrl,
    login: LOGIN,
    password: PASSWORD,
    transport: (request) => {
      caught.push(request);
      return Promise.resolve({ status: 200, body: Buffer.from('<message/>') });
    },
  });
  const { text, to } = messageOf(1, '');
  await client
    .sendSms({ alphaname: 'SMS', text, recipients: [to], description: 'ref 0190b5b0-0000-7000-8000-000000000000' })
    .catch(() => undefined); // the answer is a dummy; only the request is wanted
  const [request] = caught;
  if (!request) throw new Error('The client sent nothing');
  return request;
};

/** Requests a second with the same transport, connection policy, body and concurrency, and nothing else. */
const ceiling = async (apiUrl: string): Promise<number> => {
  const request = await catchRequest(apiUrl);
  const transport = createHttpTransport({ endpoint: new URL(apiUrl), timeoutMs: 60_000, connectTimeoutMs: 5_000 });
  let left = MESSAGES;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) await transport(request);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return (MESSAGES / (performance.now() - began)) * 1_000;
};

/** From queued to accepted, 50 requests in flight. */
export const singles = async (): Promise<Figure[]> => {
  const gateway = await startGateway(18_090);
  try {
    await ceiling(gateway.apiUrl);
    return await onEachDatabase(async (name, { knex }) => {
      const before = await ceiling(gateway.apiUrl);
      const setup = setUp(knex, gateway.apiUrl, { sending: { inFlight: IN_FLIGHT } });
      await setup.ledger.messages.insertNew(
        Array.from({ length: MESSAGES }, (_, n) => messageOf(n, setup.account.key)),
      );
      const runner = runnerOf(setup);
      const began = performance.now();
      await runner.start();
      for (;;) {
        const { accepted = 0 } = await setup.ledger.messages.countByState();
        if (accepted >= MESSAGES) break;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      const rate = (MESSAGES / (performance.now() - began)) * 1_000;
      await runner.stop(5_000);
      const after = await ceiling(gateway.apiUrl);
      const top = (before + after) / 2;
      return figure(`Singles, queued to accepted, ${name}, against HTTP alone`, rate / top, {
        atLeast: GOALS[name],
        detail: `${rate.toFixed(0)}/s against ${top.toFixed(0)}/s (${IN_FLIGHT} in flight, ${MESSAGES} messages)`,
      });
    });
  } finally {
    await gateway.stop();
  }
};
