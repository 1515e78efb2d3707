import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Response } from 'supertest';
import type { MessageStatus } from '../../simulator';
import { PUSH_PREFIX } from '../../server/src/strapi/push-route';
import { rotatePushToken } from '../../server/src/strapi/push-tokens';
import { DEFAULT_TABLES } from '../../server/src/strapi/stores/table-names';
import { eventually } from '../support/eventually';
import { openShop, type Shop } from '../support/shop';
import { recordSent } from '../support/test-logs';
import { clean } from './support/clean';
import { callApi, superAdmin } from './support/people';

const OWN_TOKEN = 'The-token-an-owner-chose-4711';
const HOUR_MS = 3_600_000;
const RECIPIENT = '380671112233';

const report = (campaignId: string, status: MessageStatus): string =>
  `<message><state campaignID="${campaignId}" recipient="${RECIPIENT}" status="${status}" date="2026-01-31 12:00:10"/></message>`;

describe('the address for status pushes', () => {
  let shop: Shop;
  const tokens = [OWN_TOKEN];
  beforeAll(async () => {
    shop = await openShop({ env: { SVITSMS_PUSH_TOKEN: OWN_TOKEN } });
    // Hundreds of requests go to one server that listens; else each would open one of its own.
    await new Promise<void>((resolve) => shop.strapi.server.httpServer.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => shop.close());
  afterEach(() => clean(shop));

  const post = (address: string, body: string | Buffer = '', type = 'text/xml'): Promise<Response> =>
    Promise.resolve(shop.http.post(address).set('Content-Type', type).send(body));
  const push = (token: string, ...body: [(string | Buffer)?, string?]): Promise<Response> =>
    post(`${PUSH_PREFIX}${token}`, ...body);
  const submission = (): Promise<{ poll_at: number | null; polls: number }> =>
    shop.strapi.db.connection(DEFAULT_TABLES.submission).first('poll_at', 'polls');
  const asked = (): number => shop.simulator.control.requests({ operation: 'GETMESSAGESTATUS' }).length;
  const rotate = async (): Promise<string> => {
    const token = await rotatePushToken(shop.container.ledger.settings);
    recordSent({ secret: token });
    tokens.push(token);
    return token;
  };

  /** A message at the gateway that nobody is going to ask about for an hour. @returns its campaign id */
  const accepted = async (): Promise<string> => {
    shop.simulator.control.updateSettings({ timings: { sentAfterMs: HOUR_MS, deliveredAfterMs: 2 * HOUR_MS } });
    await shop.strapi.plugin('svitsms').service('sms').send({ to: RECIPIENT, text: 'Ваше замовлення чекає' });
    const [message] = await shop.settled(1, 'accepted');
    const later = Date.now() + HOUR_MS;
    await shop.strapi.db.connection(DEFAULT_TABLES.submission).update({ poll_at: later });
    return message?.campaignId ?? '';
  };
  const untilAsked = (times: number): Promise<unknown> => eventually(submission, ({ polls }) => polls >= times);

  it.each(['text/xml', 'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'image/png'])(
    'brings the question forward, and the answer to it decides: %s',
    async (type) => {
      const campaignId = await accepted();
      shop.simulator.control.advance(3 * HOUR_MS);
      const answer = await push(OWN_TOKEN, report(campaignId, 'DELIVERED'), type);
      expect([answer.status, answer.text]).toEqual([200, 'OK']);
      await shop.settled(1, 'delivered');
    },
  );

  it('hears the gateway itself', async () => {
    const { port } = Object(shop.strapi.server.httpServer.address());
    const campaignId = await accepted();
    shop.simulator.control.updateSettings({ push: { url: `http://127.0.0.1:${port}${PUSH_PREFIX}${OWN_TOKEN}` } });
    shop.simulator.control.advance(3 * HOUR_MS);
    const [message] = await shop.settled(1, 'delivered');
    expect(message?.campaignId).toBe(campaignId);
  });

  it('answers a wrong token, none and another method alike, and nothing changes', async () => {
    const campaignId = await accepted();
    const before = await submission();
    const body = report(campaignId, 'DELIVERED');
    const upper = OWN_TOKEN.toUpperCase();
    const answers = [
      ...(await Promise.all([upper, '', `${OWN_TOKEN}/`, `${OWN_TOKEN}x`, 'x'].map((token) => push(token, body)))),
      await post(`${PUSH_PREFIX}?token=${OWN_TOKEN}`, body),
      await post(`/api/svitsms/push?token=${OWN_TOKEN}`, body),
      await shop.http.get(`${PUSH_PREFIX}${OWN_TOKEN}`),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['404 Not found']));
    expect(await submission()).toEqual(before);
  });

  it('believes no status: the gateway says otherwise', async () => {
    const campaignId = await accepted();
    await push(OWN_TOKEN, report(campaignId, 'DELIVERED'));
    await untilAsked(1);
    await push(OWN_TOKEN, report(campaignId, 'UNDELIV'));
    await untilAsked(2);
    expect(await shop.messages()).toMatchObject([{ state: 'accepted', finalAt: null }]);
  });

  it('is not moved by repetition or by an older status', async () => {
    const campaignId = await accepted();
    shop.simulator.control.advance(3 * HOUR_MS);
    await push(OWN_TOKEN, report(campaignId, 'DELIVERED'));
    const [delivered] = await shop.settled(1, 'delivered');
    const [settled, questions] = [await submission(), asked()];
    const statuses = (['DELIVERED', 'SENT', 'PENDING', 'UNDELIV'] as const).flatMap((one) => Array(5).fill(one));
    for (const status of statuses) expect((await push(OWN_TOKEN, report(campaignId, status))).status).toBe(200);
    expect([await submission(), await shop.messages(), asked()]).toEqual([settled, [delivered], questions]);
  });

  it.each([
    ['an unknown campaign', report('999999999', 'DELIVERED')],
    ['no report', 'hello'],
    ['nothing', ''],
    ['half a document', report('1', 'SENT').slice(0, 40)],
  ])('takes %s for an answer and does nothing', async (_name, body) => {
    await accepted();
    const before = await submission();
    expect((await push(OWN_TOKEN, body)).status).toBe(200);
    expect([await submission(), await shop.messages()]).toMatchObject([before, [{ state: 'accepted' }]]);
  });

  it('reads 64 KB and no byte more', async () => {
    const campaignId = await accepted();
    const before = await submission();
    const padded = (bytes: number): string => report(campaignId, 'SENT').padEnd(bytes);
    expect((await push(OWN_TOKEN, padded(64 * 1024 + 1))).status).toBe(413);
    expect(await submission()).toEqual(before);
    expect((await push(OWN_TOKEN, padded(64 * 1024))).status).toBe(200);
    await untilAsked(1);
  });

  it('knows the new token and the one before, by their hashes only', async () => {
    const second = await rotate();
    expect([(await push(OWN_TOKEN)).status, (await push(second)).status]).toEqual([200, 200]);
    const third = await rotate();
    expect(await Promise.all([OWN_TOKEN, second, third].map(async (one) => (await push(one)).status))).toEqual([
      404, 200, 200,
    ]);
    const hashes = [third, second].map((token) => createHash('sha256').update(token).digest('hex'));
    expect(await shop.container.ledger.settings.get('push.tokens')).toBe(JSON.stringify(hashes));
    const database = readFileSync(path.join(shop.dir, 'data.db'));
    expect(tokens.filter((token) => database.includes(token))).toEqual([]);
  });

  it('limits guesses, and what the gateway itself may send, one apart from the other', async () => {
    const token = await rotate();
    const untilRefused = async (send: () => Promise<Response>, atOnce: number, most: number): Promise<number> => {
      for (let sent = 0; sent < most; sent += atOnce) {
        const statuses = (await Promise.all(Array.from({ length: atOnce }, send))).map(({ status }) => status);
        if (statuses.includes(429)) return sent;
      }
      throw new Error(`${most} requests were let in`);
    };
    // Twice what a minute allows: a new minute may begin in between.
    await untilRefused(() => push('a-guess'), 10, 60);
    expect((await push(token)).status).toBe(200);
    expect(await untilRefused(() => push(token), 50, 1_200)).toBeGreaterThan(100);
  });

  it('keeps its tokens out of the log, and the panel what it looked for', async () => {
    for (const address of [PUSH_PREFIX, '//api/svitsms/push/', '/api//svitsms//push//', '/API/svitsms/push/'])
      for (const token of [...tokens, 'a-wrong-one']) await post(`${address}${token}`);
    const person = await superAdmin(shop);
    const query = { search: `+${RECIPIENT}` };
    expect((await person.call('GET', '/svitsms/messages', { query })).status).toBe(200);
    expect((await callApi(shop.http, 'GET', '/svitsms/messages', { query })).status).toBe(401);
    const logged = shop.logged();
    expect(logged).toMatch(/GET \/svitsms\/messages \(\d+ ms\) 200\n(.*\n)*.*GET \/svitsms\/messages \(\d+ ms\) 401/);
    expect([...tokens, 'a-wrong-one', RECIPIENT, 'search'].filter((word) => logged.includes(word))).toEqual([]);
  });
});
