import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 } from 'uuid';
import type { Intent } from '../../server/src/delivery/ports';
import type { Rule } from '../../server/src/domain/rule';
import { onEachDatabase } from '../support/databases';
import { runnerOf, setUp } from '../support/dispatcher';
import { figure, median, quantile, type Figure } from '../support/report';
import { pause } from '../support/wait';

const SAVES = 200;
const WARM_UP = 20;

const RULE: Rule = {
  key: 'order-placed',
  version: '1',
  name: 'order-placed',
  uid: 'api::order.order',
  event: 'created',
  field: null,
  from: null,
  to: null,
  watch: 'published',
  condition: null,
  recipients: [{ path: 'customerPhone' }],
  template: 'Дякуємо, {{ customerName }}! Замовлення {{ number }} прийнято.',
  alphaname: null,
  lane: 'service',
  occurrence: 'every_time',
  delayMs: 0,
  expiryMs: 86_400_000,
  sendWindow: null,
};

const intentOf = (n: number): Intent => ({
  id: v7(),
  uid: RULE.uid,
  documentId: v7(),
  locale: null,
  rules: [{ key: RULE.key, version: RULE.version, transition: 'created' }],
  before: null,
  after: { customerPhone: `+38067${String(n).padStart(7, '0')}`, customerName: 'Олена', number: `A-${n}` },
  state: 'pending',
  dueAt: Date.now(),
  createdAt: Date.now(),
  attempts: 0,
});

interface Listener {
  readonly url: string;
  /** Resolves with the moment the next whole request was read. */
  next(): Promise<number>;
  close(): Promise<void>;
}

/** Notes when a POST arrives and accepts it. In this process, so that both moments are told by one clock. */
const listen = async (): Promise<Listener> => {
  let campaign = 0;
  let arrived: (at: number) => void = () => undefined;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const number = /<recipient>(\d+)<\/recipient>/.exec(Buffer.concat(chunks).toString('utf8'))?.[1];
      if (number) arrived(performance.now());
      response.end(
        `<?xml version="1.0" encoding="utf-8"?>\n<message><state code="ACCEPT" campaignID="${++campaign}" date="2026-01-31 12:00:00">ok</state><to recipient="${number}" status="ACCEPTED" /></message>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return {
    url: `http://127.0.0.1:${port}/`,
    next: () => new Promise((resolve) => (arrived = resolve)),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

/** From the commit of an intent to the request at the gateway, with nothing else to do: decided, rendered, sealed, marked, posted. */
export const latency = (): Promise<Figure[]> =>
  onEachDatabase(async (name, { knex }) => {
    const gateway = await listen();
    const setup = setUp(knex, gateway.url, { rule: RULE, sending: { inFlight: 4, pollIntervalMs: 1_000 } });
    const runner = runnerOf(setup);
    await runner.start();
    const times: number[] = [];
    for (let n = 0; n < SAVES + WARM_UP; n++) {
      const seen = gateway.next();
      await setup.ledger.transaction((ledger) => ledger.intents.insert([intentOf(n)]));
      const committed = performance.now();
      runner.nudge({ kind: 'intent' });
      const took = (await seen) - committed;
      if (n >= WARM_UP) times.push(took);
      // Until the outcome is written and the loops are at rest again.
      await pause(25);
    }
    await runner.stop(5_000);
    await gateway.close();
    return figure(`Commit to request on the wire, idle, p95, ${name}`, quantile(times, 0.95), {
      unit: 'ms',
      atMost: 50,
      detail: `p50 ${median(times).toFixed(1)} ms, worst ${Math.max(...times).toFixed(0)} ms of ${SAVES}`,
    });
  });
