import type { GatewayErrorKind, SendSmsInput } from '../../server/src/gateway';
import { ACCEPTED, BALANCE, NUMBER, OTHER_NUMBER, refusal, STATUS } from './support/answers';
import { answeredWith, errorOf } from './support/clients';

const SMS: SendSmsInput = { alphaname: 'MyShop', text: 'Готово', recipients: [NUMBER, OTHER_NUMBER] };

describe('sendSms', () => {
  test('matches recipients by number, and tells what the answer leaves out or adds', async () => {
    const answer = ACCEPTED.replace('<to ', '<to recipient="380999999999" status="ACCEPTED"/><to ').replace(
      '</message>',
      `<to recipient="+${OTHER_NUMBER}" status="ERROR"/></message>`,
    );
    const third = '380931234567';
    const { client } = answeredWith(answer);
    expect(await client.sendSms({ ...SMS, recipients: [OTHER_NUMBER, `+${NUMBER}`, third] } as SendSmsInput)).toEqual({
      campaignId: '3917349',
      acceptedAt: new Date('2024-01-31T10:00:00Z'),
      recipients: [
        { recipient: OTHER_NUMBER, status: 'ERROR', accepted: false },
        { recipient: NUMBER, status: 'ACCEPTED', accepted: true },
        { recipient: third, status: null, accepted: false },
      ],
      unexpectedRecipients: 1,
    });
  });

  test.each(['0501234567', '80501234567', '+380501234567', '38 (050) 123-45-67'])(
    'finds the number in the spelling %s',
    async (spelling) => {
      const { client } = answeredWith(ACCEPTED.replace(NUMBER, spelling));
      const result = await client.sendSms({ ...SMS, recipients: [NUMBER] } as SendSmsInput);
      expect(result.recipients).toEqual([{ recipient: NUMBER, status: 'ACCEPTED', accepted: true }]);
    },
  );

  test.each([
    ['a byte order mark', `\ufeff${ACCEPTED}`],
    ['single quotes', ACCEPTED.replaceAll('"', "'")],
    ['the other root', ACCEPTED.replaceAll('message>', 'answer>')],
    ['another order of attributes', ACCEPTED.replace('code="ACCEPT" campaignID="3917349"', 'campaignID="3917349" code="accept"')], // prettier-ignore
    ['windows-1251 bytes', Buffer.concat([Buffer.from(ACCEPTED.split('The')[0] ?? ''), Buffer.from([0xd1, 0xf2, 0xee, 0xef]), Buffer.from(ACCEPTED.split('queue')[1] ?? '')])], // prettier-ignore
    ['blanks around it', `\r\n\t ${ACCEPTED}\n\n `],
  ])('reads an answer with %s', async (_name, answer) => {
    const { client } = answeredWith(answer);
    expect((await client.sendSms(SMS)).campaignId).toBe('3917349');
  });

  test.each(['0012', '1e999', '00000000000000000000123456789'])('keeps the id %s as text', async (id) => {
    const { client } = answeredWith(ACCEPTED.replace('3917349', id));
    expect((await client.sendSms(SMS)).campaignId).toBe(id);
  });

  test('an unreadable time is null', async () => {
    const { client } = answeredWith(ACCEPTED.replace('2024-01-31 12:00:00', '0000-00-00 00:00:00'));
    expect((await client.sendSms(SMS)).acceptedAt).toBeNull();
  });
});

describe('refusals', () => {
  test.each([
    'XMLERROR',
    'ERRPHONES',
    'ERRSTARTTIME',
    'ERRENDTIME',
    'ERRLIFETIME',
    'ERRSPEED',
    'ERRALFANAME',
    'ERRTEXT',
    'INSUFFICIENTFUNDS',
    'SOMENEWCODE',
  ])('%s is a clear no', async (code) => {
    // prettier-ignore
    const { client } = answeredWith(refusal(code));
    const error = await errorOf(client.sendSms(SMS));
    expect(error).toMatchObject({ kind: 'refused', code, requestSent: 'yes', operation: 'SENDSMS' });
    expect(error.gatewayText).toBe('No correct phones');
    expect(error.message).toMatch(/^The .*[;].*\.$/);
  });

  test('the forbidden words are told apart from the sentence, and stay out of logs', async () => {
    const { client } = answeredWith(refusal('ERRTEXT', 'STOPWORDS  казино бонус '));
    const error = await errorOf(client.sendSms(SMS));
    expect(error.stopWords).toEqual(['казино', 'бонус']);
    expect(JSON.stringify(error)).not.toContain('казино');
  });

  test('the gateway text is shortened, its white space collapsed, numbers and credentials taken out', async () => {
    const text = `Wrong\n  phone +38 (050) 123-45-67 or ${NUMBER} of 380440000000 ${'x'.repeat(1000)}`;
    const { client } = answeredWith(refusal('ERRPHONES', text));
    const error = await errorOf(client.sendSms(SMS));
    expect(error.gatewayText).toMatch(/^Wrong phone ••• or ••• of ••• x+…$/);
    expect(error.gatewayText?.length).toBeLessThanOrEqual(300);
  });

  test('status operations refuse under the root answer', async () => {
    const { client } = answeredWith(refusal('CAMPAIGNERROR', 'Incorrect campaign ID', 'answer'));
    expect(await errorOf(client.getCampaignInfo('1'))).toMatchObject({ kind: 'refused', code: 'CAMPAIGNERROR' });
    expect(await errorOf(answeredWith(refusal('MSGERROR')).client.getMessageStatus('1', NUMBER))).toMatchObject({ code: 'MSGERROR' }); // prettier-ignore
  });
});

test.each<[string, string | Buffer, number, GatewayErrorKind]>([
  ['the short words for a wrong login', 'Access denied!', 200, 'auth'],
  ['the long ones', ' Access denied! Incorrect login or password.\n', 200, 'auth'],
  ['the words in capitals after a byte order mark', '\ufeffACCESS DENIED', 200, 'auth'],
  ['EMPTY REQUEST', 'EMPTY REQUEST', 200, 'auth'],
  ['401', '<html></html>', 401, 'auth'],
  ['403', '', 403, 'auth'],
  ['an empty body', '', 200, 'unreadable'],
  ['blanks', ' \n', 200, 'unreadable'],
  ['other text', 'Service temporarily moved', 200, 'unreadable'],
  ['a page', '<html><head></head><body><h1>Технічні роботи</h1></body></html>', 200, 'unreadable'],
  ['a page with the protocol in it', `<html>${ACCEPTED.replace(/<\?.*?\?>/, '')}</html>`, 200, 'unreadable'],
  ['an echo of the request', '<request><operation>SENDSMS</operation><message/></request>', 200, 'unreadable'],
  ['acceptance without an id', ACCEPTED.replace('campaignID="3917349"', ''), 200, 'unreadable'],
  ['acceptance with an empty id', ACCEPTED.replace('3917349', ' '), 200, 'unreadable'],
  ['no state', '<message></message>', 200, 'unreadable'],
  ['a state without a code', STATUS, 200, 'unreadable'],
  ['an empty code', refusal(''), 200, 'unreadable'],
  ['acceptance and refusal at once', ACCEPTED.replace('<to ', '<state code="ERRTEXT"/><to '), 200, 'unreadable'],
  ['two acceptances', ACCEPTED.replace('<to ', '<state code="ACCEPT" campaignID="2"/><to '), 200, 'unreadable'],
  ['two documents', ACCEPTED + ACCEPTED, 200, 'unreadable'],
  ['a document type', `<!DOCTYPE message>${ACCEPTED.replace(/<\?.*?\?>/, '')}`, 200, 'unreadable'],
  ['301', ACCEPTED, 301, 'http'],
  ['404', '', 404, 'http'],
  ['500 with an acceptance', ACCEPTED, 500, 'http'],
])('%s', async (_name, body, status, kind) => {
  const error = await errorOf(answeredWith(body, status).client.sendSms(SMS));
  expect([error.kind, error.requestSent]).toEqual([kind, 'yes']);
  expect(error.httpStatus).toBe(status === 200 ? undefined : status);
});

test('a single campaign id in an unreadable answer to SENDSMS is kept as a lead; two are not, and no other operation has one', async () => {
  const broken = ACCEPTED.replace('</message>', '');
  expect((await errorOf(answeredWith(broken).client.sendSms(SMS))).salvagedCampaignId).toBe('3917349');
  expect((await errorOf(answeredWith(broken, 502).client.sendSms(SMS))).salvagedCampaignId).toBe('3917349');
  expect((await errorOf(answeredWith(broken + ACCEPTED.replace('39', '40')).client.sendSms(SMS))).salvagedCampaignId).toBeUndefined(); // prettier-ignore
  expect((await errorOf(answeredWith(broken).client.getBalance())).salvagedCampaignId).toBeUndefined();
});

describe('getBalance', () => {
  test.each(['27.405', '0', '-5.10', '0012', '100000000000.123'])('%s', async (amount) => {
    const { client } = answeredWith(BALANCE.replace('27.405', ` ${amount}\n`));
    expect(await client.getBalance()).toEqual({ amount, currency: 'UAH' });
  });

  test.each(['', 'none', '1e999', '1,5', 'NaN', '0x10'])('no balance in %j', async (amount) => {
    const error = await errorOf(answeredWith(BALANCE.replace('27.405', amount)).client.getBalance());
    expect(error.kind).toBe('unreadable');
  });

  test('a missing balance is an error', async () => {
    expect((await errorOf(answeredWith('<message></message>').client.getBalance())).kind).toBe('unreadable');
  });
});

describe('getMessageStatus', () => {
  test('reads the status and its time, in summer too', async () => {
    expect(await answeredWith(STATUS).client.getMessageStatus('3917349', `+${NUMBER}`)).toEqual({
      campaignId: '3917349',
      recipient: NUMBER,
      status: 'DELIVERED',
      changedAt: new Date('2024-07-31T09:00:10Z'),
    });
  });

  test('keeps unknown words verbatim', async () => {
    const { client } = answeredWith(STATUS.replace('DELIVERED', 'Delivrd?').replace(/date="[^"]*"/, ''));
    expect(await client.getMessageStatus('3917349', NUMBER)).toMatchObject({ status: 'Delivrd?', changedAt: null });
  });

  test.each([
    ['another number', STATUS.replace(NUMBER, OTHER_NUMBER)],
    ['another campaign', STATUS.replace('3917349', '1')],
    ['no status', STATUS.replace('status="DELIVERED"', '')],
  ])('an answer about %s is unreadable', async (_name, answer) => {
    expect((await errorOf(answeredWith(answer).client.getMessageStatus('3917349', NUMBER))).kind).toBe('unreadable');
  });
});
