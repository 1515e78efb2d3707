import nock from 'nock';
import { createGatewayClient, type GatewayClient } from '../../server/src/gateway';
import { readXml, type XmlElement } from '../../server/src/gateway/xml/read';
import { ACCEPTED, ALPHANAMES, BALANCE, detail, info, NUMBER, OTHER_NUMBER, part, STATUS } from './support/answers';
import { fetchTransport, LOGIN, PASSWORD } from './support/clients';

const ENDPOINT = 'https://svitsms.com/api/api.php';

const client = createGatewayClient({ login: LOGIN, password: PASSWORD, transport: fetchTransport(ENDPOINT) });

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});
afterEach(() => nock.cleanAll());

/** Lets one call meet one answer and returns the document it sent. */
const sent = async (answer: string, call: (client: GatewayClient) => Promise<unknown>): Promise<string> => {
  let body = '';
  const scope = nock('https://svitsms.com', {
    reqheaders: {
      authorization: `Basic ${Buffer.from(`${LOGIN}:${PASSWORD}`).toString('base64')}`,
      'content-type': /^text\/xml/,
      accept: 'text/xml',
    },
  })
    .post('/api/api.php', (given: string) => {
      body = given;
      return true;
    })
    .reply(200, answer, { 'Content-Type': 'text/html; charset=windows-1251' });
  await call(client);
  expect(scope.isDone()).toBe(true);
  expect(body.startsWith('<?xml version="1.0" encoding="utf-8"?>')).toBe(true);
  return body;
};

const message = (document: string): XmlElement => {
  const [operation, child] = readXml(document).children;
  if (operation?.name !== 'operation' || child === undefined) throw new Error('no operation first');
  return child;
};

const tags = (element: XmlElement): string[] => element.children.map(({ name, text }) => `${name}=${text}`);

test('one text goes as body, then recipients, with the full set of attributes', async () => {
  const document = await sent(
    ACCEPTED,
    (gateway) =>
    gateway.sendSms({ alphaname: 'MyShop', text: 'Ваше замовлення №7 & "готове"', recipients: [`+${NUMBER}`, OTHER_NUMBER] }), // prettier-ignore
  );
  expect(document).toContain('<request><operation>SENDSMS</operation><message ');
  const element = message(document);
  expect(Object.fromEntries(element.attributes)).toEqual({
    start_time: 'AUTO',
    end_time: 'AUTO',
    lifetime: '24',
    rate: '120',
    desc: '',
    source: 'MyShop',
  });
  expect(tags(element)).toEqual([
    'body=Ваше замовлення №7 & "готове"',
    `recipient=${NUMBER}`,
    `recipient=${OTHER_NUMBER}`,
  ]);
});

test('individual texts go flat, each recipient before its body', async () => {
  const document = await sent(ACCEPTED, (gateway) =>
    gateway.sendSms({
      alphaname: 'My Shop',
      messages: [
        { recipient: NUMBER, text: 'перший\r\nрядок' },
        { recipient: OTHER_NUMBER, text: 'другий' },
      ],
      description: 'order "17" <b> &amp;\n',
      lifetimeHours: 4,
      ratePerMinute: 1,
      startAt: new Date('2024-07-01T09:30:15.900Z'),
      endAt: new Date('2024-12-31T22:00:00Z'),
    }),
  );
  const element = message(document);
  expect(Object.fromEntries(element.attributes)).toEqual({
    type: 'individual',
    start_time: '2024-07-01 12:30:15',
    end_time: '2025-01-01 00:00:00',
    lifetime: '4',
    rate: '1',
    desc: 'order "17" <b> &amp;\n',
    source: 'My Shop',
  });
  expect(tags(element)).toEqual([
    `recipient=${NUMBER}`,
    'body=перший\nрядок',
    `recipient=${OTHER_NUMBER}`,
    'body=другий',
  ]);
});

test.each<[string, string, (gateway: GatewayClient) => Promise<unknown>]>([
  ['<operation>GETBALANCE</operation>', BALANCE, (gateway) => gateway.getBalance()],
  [
    `<operation>GETMESSAGESTATUS</operation><message campaignID="3917349" recipient="${NUMBER}"/>`,
    STATUS,
    (gateway) => gateway.getMessageStatus('3917349', `+${NUMBER}`),
  ],
  [
    '<operation>GETCAMPAIGNINFO</operation><message campaignID="3917349"/>',
    info({ DELIVERED: 1 }),
    (gateway) => gateway.getCampaignInfo('3917349'),
  ],
  [
    '<operation>GETCAMPAIGNDETAIL</operation><message campaignID="3917349"/>',
    detail([part(NUMBER, 1, 1, 'SENT')]),
    (gateway) => gateway.getCampaignDetail('3917349'),
  ],
  [
    '<operation>MANAGEALFANAME</operation><command id="GETALFANAMESLIST"/>',
    ALPHANAMES,
    (gateway) => gateway.listAlphanames(),
  ],
  [
    '<operation>MANAGEALFANAME</operation><command id="CHECKALFANAME" alfaname="MyShop"/>',
    ALPHANAMES,
    (gateway) => gateway.checkAlphaname('MyShop'),
  ],
  [
    '<operation>MANAGEALFANAME</operation><command id="ADDALFANAME" alfaname="Other"/>',
    ALPHANAMES,
    (gateway) => gateway.addAlphaname('Other'),
  ],
])('%s', async (request, answer, call) => {
  expect(await sent(answer, call)).toBe(`<?xml version="1.0" encoding="utf-8"?><request>${request}</request>`);
});
