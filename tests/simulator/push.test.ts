import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { FaultKind, SimulatorOptions } from '../../simulator';
import { eventually } from '../support/eventually';
import { campaignOf, closeAll, startGateway, type TestGateway } from './support/gateway';

const NUMBER = '380501234567';
let receiver: Server;
let url: string;
let bodies: string[];
let answers: number[];

beforeEach(async () => {
  bodies = [];
  answers = [];
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      bodies.push(`${request.method ?? ''} ${body}`);
      response.writeHead(answers.shift() ?? 200).end('OK');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/push`;
});
afterEach(async () => {
  await closeAll();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const start = (push: NonNullable<SimulatorOptions['settings']>['push'] = {}): Promise<TestGateway> =>
  startGateway({ settings: { push: { url, ...push } } });

/** Waits for so many posts to be answered and noted by the simulator. */
const posts = async (gateway: TestGateway, count: number): Promise<string[]> => {
  await eventually(
    () => Math.min(bodies.length, gateway.control.pushes().length),
    (seen) => seen >= count,
  );
  return bodies;
};
const statusesOf = (seen: string[]): string[] => seen.map((body) => [...body.matchAll(/ status="(\w+)"/g)].join());

it('posts each change as the status reply looks', async () => {
  const gateway = await start();
  const id = campaignOf(await gateway.sms(NUMBER));
  gateway.clock.advance(1000);
  const [first] = await posts(gateway, 1);
  expect(first).toBe(
    `POST <?xml version="1.0" encoding="utf-8"?>\n<message>\n<state campaignID="${id}" recipient="${NUMBER}" status="SENT" date="2024-01-29 12:00:01"></state>\n</message>`,
  );
  gateway.clock.advance(2000);
  expect((await posts(gateway, 2))[1]).toContain('status="DELIVERED" date="2024-01-29 12:00:03"');
});

it('gathers several states when allowed, and only final ones when told', async () => {
  const gateway = await start({ perPush: 3, statuses: 'final' });
  await gateway.sms([NUMBER, '380671234567', '380931234567', '380661999901']);
  gateway.clock.advance(5000);
  const seen = await posts(gateway, 2);
  expect(seen.map((body) => body.match(/<state /g)?.length).sort()).toEqual([1, 3]);
  expect(seen.join()).not.toContain('SENT');
  expect(seen.join()).toContain('UNDELIV');
});

it('tries a few times and gives up', async () => {
  const gateway = await start({ statuses: 'final', retries: 2 });
  answers = [500, 500, 500, 200];
  await gateway.sms(NUMBER);
  gateway.clock.advance(3000);
  for (const count of [1, 2, 3]) {
    await posts(gateway, count);
    gateway.clock.advance(60_000);
  }
  expect(gateway.control.pushes().map(({ attempt, httpStatus }) => [attempt, httpStatus])).toEqual([
    [1, 500],
    [2, 500],
    [3, 500],
  ]);
  expect(gateway.control.health().pendingPushes).toBe(0);
});

it('never keeps the gateway waiting for a dead receiver', async () => {
  const gateway = await start({ url: 'http://127.0.0.1:1/', retries: 0 });
  await gateway.sms(NUMBER);
  gateway.clock.advance(3000);
  expect(gateway.control.messages()[0]?.status).toBe('DELIVERED');
});

it.each<[FaultKind, number[]]>([
  ['lose-push', [0, 0]],
  ['duplicate-push', [2, 2]],
  ['delay-push', [0, 1]],
])('%s', async (kind, [atOnce = 0, later = 0]) => {
  const gateway = await start({ statuses: 'final' });
  gateway.control.addFault({ kind, params: { ms: 60_000 } });
  await gateway.sms(NUMBER);
  gateway.clock.advance(3000);
  expect(statusesOf(await posts(gateway, atOnce))).toHaveLength(atOnce);
  gateway.clock.advance(60_000);
  expect(statusesOf(await posts(gateway, later))).toHaveLength(later);
  expect(gateway.control.health().pendingPushes).toBe(0);
});
