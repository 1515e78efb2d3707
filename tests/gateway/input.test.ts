import fc from 'fast-check';
import { alphanameWarnings, createGatewayClient, GatewayError, type SendSmsInput } from '../../server/src/gateway';
import { isXmlText } from '../../server/src/gateway/xml/write';
import { ACCEPTED, NUMBER, OTHER_NUMBER } from './support/answers';
import { answeredWith, errorOf, LOGIN, PASSWORD } from './support/clients';

const GOOD = { alphaname: 'MyShop', text: 'Готово', recipients: [NUMBER] };

/** Types are no protection at run time: callers from JavaScript can pass anything. */
const send = (input: unknown): Promise<unknown> => answeredWith(ACCEPTED).client.sendSms(input as SendSmsInput);

test.each<[string, object]>([
  ['alphaname', { alphaname: '' }],
  ['alphaname', { alphaname: '  ' }],
  ['alphaname', { alphaname: 'TwelveLetter' }],
  ['alphaname', { alphaname: 'Крамниця' }],
  ['alphaname', { alphaname: 'a\tb' }],
  ['alphaname', { alphaname: undefined }],
  ['text', { text: '' }],
  ['text', { text: ' \n' }],
  ['text', { text: 'a\u0000b' }],
  ['text', { text: 'a\u0007b' }],
  ['text', { text: 'a\uFFFEb' }],
  ['text', { text: 'a\uD83Db' }],
  ['text', { text: 'x'.repeat(39_016) }],
  ['text', { text: 7 }],
  ['recipients', { recipients: [] }],
  ['recipients', { recipients: undefined }],
  ['recipients', { recipients: NUMBER }],
  ['recipients[1]', { recipients: [NUMBER, '38050123456x'] }],
  ['recipients[0]', { recipients: ['050123456'] }],
  ['recipients[0]', { recipients: ['++380501234567'] }],
  ['recipients[0]', { recipients: ['1234567890123456'] }],
  ['recipients[0]', { recipients: ['380 50 123 45 67'] }],
  ['recipients[0]', { recipients: [380501234567] }],
  ['recipients[1]', { recipients: [NUMBER, `+${NUMBER}`] }],
  ['recipients', { messages: [{ recipient: NUMBER, text: 'a' }] }],
  ['text', { recipients: undefined, messages: [{ recipient: NUMBER, text: 'a' }] }],
  ['messages', { text: undefined, recipients: undefined, messages: [] }],
  ['messages[0].recipient', { text: undefined, recipients: undefined, messages: [null] }],
  ['messages[1].text', { text: undefined, recipients: undefined, messages: [{ recipient: NUMBER, text: 'a' }, { recipient: OTHER_NUMBER, text: '' }] }], // prettier-ignore
  ['messages[1]', { text: undefined, recipients: undefined, messages: [{ recipient: NUMBER, text: 'a' }, { recipient: `+${NUMBER}`, text: 'b' }] }], // prettier-ignore
  ['lifetimeHours', { lifetimeHours: 0 }],
  ['lifetimeHours', { lifetimeHours: 25 }],
  ['lifetimeHours', { lifetimeHours: 1.5 }],
  ['ratePerMinute', { ratePerMinute: 0 }],
  ['ratePerMinute', { ratePerMinute: 121 }],
  ['ratePerMinute', { ratePerMinute: '7' }],
  ['startAt', { startAt: new Date(NaN) }],
  ['startAt', { startAt: '2024-01-31 12:00:00' }],
  ['endAt', { startAt: new Date('2024-01-31T12:00:00Z'), endAt: new Date('2024-01-31T11:59:59Z') }],
  ['description', { description: 'x'.repeat(256) }],
  ['description', { description: '\u0001' }],
])('refuses a wrong %s before anything is sent: %j', async (field, change) => {
  const { client, requests } = answeredWith(ACCEPTED);
  const error = await errorOf(client.sendSms({ ...GOOD, ...change } as SendSmsInput));
  expect(error).toMatchObject({ kind: 'invalid', requestSent: 'no', operation: 'SENDSMS', field });
  expect(error.message.startsWith(`${field}: `)).toBe(true);
  expect(error.message).not.toMatch(/\d{9}/);
  expect(requests).toEqual([]);
});

test('any text is either refused as invalid or sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 20 }), async (text) => {
      const outcome = await send({ ...GOOD, text }).then(
        () => 'sent',
        (error: unknown) => (error instanceof GatewayError ? error.kind : 'other'),
      );
      expect(outcome).toBe(text.trim() !== '' && isXmlText(text) ? 'sent' : 'invalid');
    }),
    { numRuns: 300 },
  );
});

test('ids and numbers of questions are checked too', async () => {
  const { client, requests } = answeredWith(ACCEPTED);
  expect(await errorOf(client.getMessageStatus('', NUMBER))).toMatchObject({ kind: 'invalid', field: 'campaignId' });
  expect(await errorOf(client.getMessageStatus('1 2', NUMBER))).toMatchObject({ kind: 'invalid', field: 'campaignId' });
  expect(await errorOf(client.getMessageStatus('1', '12'))).toMatchObject({ kind: 'invalid', field: 'recipient' });
  expect(await errorOf(client.getCampaignInfo('9'.repeat(65)))).toMatchObject({ kind: 'invalid', field: 'campaignId' });
  expect(await errorOf(client.checkAlphaname('задовге ім’я'))).toMatchObject({ kind: 'invalid', field: 'alphaname' });
  expect(requests).toEqual([]);
});

describe('options', () => {
  const refusal = (options: object): GatewayError => {
    try {
      createGatewayClient({ login: LOGIN, password: PASSWORD, ...options });
    } catch (error) {
      if (error instanceof GatewayError) return error;
      throw error;
    }
    throw new Error('accepted');
  };

  test.each<[string, object]>([
    ['endpoint', { endpoint: '' }],
    ['endpoint', { endpoint: 'svitsms.com' }],
    ['endpoint', { endpoint: 'ftp://svitsms.com/' }],
    ['endpoint', { endpoint: 'https://' }],
    ['endpoint', { endpoint: 'https://me:secret@svitsms.com/' }],
    ['endpoint', { endpoint: 'http://svitsms.com/api/api.php' }],
    ['endpoint', { endpoint: 'http://localhost.example.com/' }],
    ['endpoint', { endpoint: 'http://127.evil.com/' }],
    ['endpoint', { endpoint: 'http://0.0.0.0/' }],
    ['endpoint', { endpoint: 'http://[::2]/' }],
    ['endpoint', { endpoint: null as unknown as string, allowInsecureHttp: true, login: '' }],
    ['login', { login: '' }],
    ['login', { login: undefined }],
    ['login', { login: 'a:b' }],
    ['login', { login: ' 380' }],
    ['password', { password: '' }],
    ['password', { password: 'a\nb' }],
    ['password', { password: 'secret ' }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['timeoutMs', { timeoutMs: Infinity }],
    ['connectTimeoutMs', { connectTimeoutMs: 1.5 }],
    ['proxyUrl', { proxyUrl: 'socks://x' }],
  ])('a wrong %s is refused at once: %j', (field, options) => {
    const error = refusal(options);
    expect(error).toMatchObject({
      kind: 'invalid',
      requestSent: 'no',
      field: error.field === 'login' ? 'login' : field,
    });
    expect(error.message).not.toContain('secret');
  });

  test.each([
    {},
    { endpoint: 'https://sms-fly.com/api/api.noai.php?t=1' },
    { endpoint: 'http://localhost:8080/api/api.php' },
    { endpoint: 'http://127.0.0.1/' },
    { endpoint: 'http://127.9.9.9/' },
    { endpoint: 'http://[::1]:9/' },
    { endpoint: 'http://svitsms.com/api/api.php', allowInsecureHttp: true },
  ])('accepts %j', (options) => {
    expect(createGatewayClient({ login: LOGIN, password: PASSWORD, ...options }).endpoint).toMatch(/^https?:/);
  });
});

test.each([
  ['MyShop', 0],
  ['Shop24', 0],
  ['My Shop', 1],
  ['ab', 1],
  ['380501', 1],
  ['Kyivstar', 1],
  ['A.b', 1],
])('doubts about the alphaname %s: %i', (name, count) => {
  expect(alphanameWarnings(name)).toHaveLength(count);
});
