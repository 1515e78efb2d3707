import { GatewayError, parseStatusPush, type GatewayClient } from '../../server/src/gateway';
import { ALPHANAMES, detail, info, NUMBER, OTHER_NUMBER, part, refusal } from './support/answers';
import { answeredWith, errorOf } from './support/clients';

describe('getCampaignInfo', () => {
  const read = (answer: string) => answeredWith(answer).client.getCampaignInfo('3917349');

  test('reads figures, times and cost', async () => {
    expect(await read(info({ DELIVERED: 1, ODD: 2 }, 'COMPLETE', ' campaignCost="0.245"'))).toMatchObject({
      campaignId: '3917349',
      status: 'COMPLETE',
      finished: true,
      counts: { DELIVERED: 1, ODD: 2, NEW: 0 },
      cost: '0.245',
      createdAt: new Date('2024-01-31T10:00:00Z'),
      startedAt: new Date('2024-01-31T10:00:05Z'),
    });
  });

  test.each<[boolean, string, Record<string, number>]>([
    [true, 'COMPLETE', {}],
    [true, 'WORKING', { DELIVERED: 3, STOPED: 1 }],
    [false, 'WORKING', { DELIVERED: 3, SENT: 1 }],
    [false, 'WORKING', { DELIVERED: 3, PENDING: 1 }],
    [false, 'WORKING', { DELIVERED: 3, NEW: 1 }],
    [false, 'WORKING', { DELIVERED: 3, STOPFLAG: 1 }],
    [false, 'WORKING', { DELIVERED: 3, ODD: 1 }],
    [false, 'WORKING', {}],
    [false, '', {}],
  ])('finished is %s for %s with %j', async (finished, status, counts) => {
    expect((await read(info(counts, status))).finished).toBe(finished);
  });

  test('figures that are no whole numbers are unreadable, cost is merely left out', async () => {
    expect((await errorOf(read(info({ SENT: '1e999' })))).kind).toBe('unreadable');
    expect(await read(info({}, 'COMPLETE', ' campaignCost="?"'))).not.toHaveProperty('cost');
  });

  test('counts of a status called __proto__ are an own property', async () => {
    const { counts } = await read(info({ ['__proto__' as string]: 0, SENT: 1 }));
    expect(Object.getPrototypeOf(counts)).toBe(Object.prototype);
  });
});

describe('getCampaignDetail', () => {
  const read = (answer: string) => answeredWith(answer).client.getCampaignDetail('3917349');

  test('brings the parts of a long text together', async () => {
    const result = await read(
      detail([
        part(NUMBER, 1, 2, 'DELIVERED'),
        part(OTHER_NUMBER, 1, 1, 'SENT'),
        part(`+${NUMBER}`, 2, 2, 'DELIVERED', '2024-01-31 12:00:20'),
      ]),
    );
    expect(result.messages).toEqual([
      {
        recipient: NUMBER,
        status: 'DELIVERED',
        parts: [
          { part: 1, parts: 2, status: 'DELIVERED' },
          { part: 2, parts: 2, status: 'DELIVERED' },
        ],
        changedAt: new Date('2024-01-31T10:00:20Z'),
      },
      {
        recipient: OTHER_NUMBER,
        status: 'SENT',
        parts: [{ part: 1, parts: 1, status: 'SENT' }],
        changedAt: new Date('2024-01-31T10:00:10Z'),
      },
    ]);
  });

  test.each([
    [['DELIVERED', 'DELIVERED'], 'WORKING', 'DELIVERED'],
    [['DELIVERED', 'SENT'], 'WORKING', 'SENT'],
    [['SENT', 'PENDING'], 'WORKING', 'PENDING'],
    [['DELIVERED', 'EXPIRED'], 'WORKING', 'EXPIRED'],
    [['PENDING', 'UNDELIV'], 'WORKING', 'UNDELIV'],
    [['DELIVERED', 'Odd'], 'WORKING', 'Odd'],
    [['DELIVERED'], 'WORKING', 'SENT'],
    [['DELIVERED'], 'COMPLETE', 'DELIVERED'],
  ])('parts %j of two in a campaign %s make %s', async (words, campaign, status) => {
    const result = await read(detail(words.map((word, index) => part(NUMBER, index + 1, 2, word)), campaign)); // prettier-ignore
    expect(result.messages[0]?.status).toBe(status);
  });

  test('an answer about another campaign is unreadable', async () => {
    expect((await errorOf(answeredWith(detail([])).client.getCampaignDetail('1'))).kind).toBe('unreadable');
  });
});

describe('alphanames', () => {
  test.each<[string, unknown[]]>([
    [
      ALPHANAMES,
      [
        { alphaname: 'MyShop', status: 'ACTIVE' },
        { alphaname: 'Other', status: 'MODERATE' },
      ],
    ],
    ['<message></message>', []],
    ['<message/>', []],
    ['<message><state alfaname="A.b-c" status="ODD"/></message>', [{ alphaname: 'A.b-c', status: 'ODD' }]],
  ])('lists %s', async (answer, list) => {
    expect(await answeredWith(answer).client.listAlphanames()).toEqual(list);
  });

  test.each<[string, (client: GatewayClient, name: string) => Promise<unknown>]>([
    ['checks', (client, name) => client.checkAlphaname(name)],
    ['adds', (client, name) => client.addAlphaname(name)],
  ])('%s one', async (_name, call) => {
    expect(await call(answeredWith(ALPHANAMES).client, 'Other')).toEqual({ alphaname: 'Other', status: 'MODERATE' });
    expect(await call(answeredWith(ALPHANAMES).client, 'myshop')).toEqual({ alphaname: 'MyShop', status: 'ACTIVE' });
    expect((await errorOf(call(answeredWith(ALPHANAMES).client, 'Absent'))).kind).toBe('unreadable');
    expect((await errorOf(call(answeredWith(refusal('ERRALFANAME')).client, 'Other'))).code).toBe('ERRALFANAME');
  });
});

describe('parseStatusPush', () => {
  const state = (id: string, phone: string, status: string): string =>
    `<state campaignID="${id}" recipient="${phone}" status="${status}" date="2024-01-31 12:00:10"></state>`;
  const changedAt = new Date('2024-01-31T10:00:10Z');

  test('takes every state under any root, from bytes or text, and skips incomplete ones', () => {
    const body = `\ufeff<push><x>${state('1', `+${NUMBER}`, 'DELIVERED')}</x>${state('0012', '0671234567', 'Odd')}<state campaignID="3"/>${state('4', 'nobody', 'SENT')}</push>`; // prettier-ignore
    const expected = [
      { campaignId: '1', recipient: NUMBER, status: 'DELIVERED', changedAt },
      { campaignId: '0012', recipient: '0671234567', status: 'Odd', changedAt },
    ];
    expect(parseStatusPush(body)).toEqual(expected);
    expect(parseStatusPush(Buffer.from(body))).toEqual(expected);
    expect(parseStatusPush(state('1', NUMBER, 'SENT'))).toHaveLength(1);
  });

  test('takes a body shaped like a campaign detail', () => {
    expect(parseStatusPush(detail([part(NUMBER, 1, 2, 'DELIVERED'), part(NUMBER, 2, 2, 'SENT')]))).toEqual([
      { campaignId: '3917349', recipient: NUMBER, status: 'SENT', changedAt },
    ]);
  });

  test('a document without states is an empty list', () => {
    expect(parseStatusPush('<message/>')).toEqual([]);
    expect(parseStatusPush(refusal('ERRTEXT'))).toEqual([]);
  });

  test.each(['', 'OK', 'a=b', '{"a":1}', '<message>', '<!DOCTYPE a><a/>', `<a>${'x'.repeat(70_000)}</a>`])(
    'refuses %.30s',
    (body) => {
      expect(() => parseStatusPush(body)).toThrow(GatewayError);
      expect(() => parseStatusPush(body)).toThrow(/^The status push is not a document/);
    },
  );
});
