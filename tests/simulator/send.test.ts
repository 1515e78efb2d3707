import { AUTHORIZATION, campaignOf, closeAll, codeOf, startGateway, type TestGateway } from './support/gateway';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(closeAll);

const NUMBER = '380501234567';
const at = (attributes: string): string => `source="MyShop" ${attributes}`;

describe('refusals', () => {
  it.each([
    ['ERRPHONES', 'no number can be reached', ['12345', 'abc', '38050123456', '']],
    ['ERRPHONES', 'numbers come before the rate', ['letters']],
  ])('%s: %s', async (code, _why, numbers) => {
    const reply = await gateway.sms(numbers, 'Hi', at('rate="121"'));
    expect(codeOf(reply)).toBe(code);
    expect(reply).toContain('>No correct phones</state>');
    expect(reply).not.toContain('campaignID');
  });

  it.each([
    ['ERRTEXT', ' ', at('')],
    ['ERRSTARTTIME', 'Hi', at('start_time="2024-01-29 11:54:59"')],
    ['ERRSTARTTIME', 'Hi', at('start_time="29.01.2024 12:00"')],
    ['ERRSTARTTIME', 'Hi', at('start_time="2024-02-30 12:00:00"')],
    ['ERRENDTIME', 'Hi', at('start_time="2024-01-29 15:00:00" end_time="2024-01-29 14:59:58"')],
    ['ERRENDTIME', 'Hi', at('end_time="2024-01-29 11:00:00"')],
    ['ERRLIFETIME', 'Hi', at('lifetime="0"')],
    ['ERRLIFETIME', 'Hi', at('lifetime="25"')],
    ['ERRLIFETIME', 'Hi', at('livetime="x"')],
    ['ERRALFANAME', 'Hi', 'source="Nobody"'],
    ['ERRALFANAME', 'Hi', 'source="NewBrand"'],
    ['ERRALFANAME', 'Hi', 'rate="1"'],
  ])('%s for %p with %s', async (code, text, attributes) => {
    const reply = await gateway.sms(NUMBER, text, attributes);
    expect(codeOf(reply)).toBe(code);
    expect(reply).toMatch(/date="2024-01-29 12:00:00">[A-Z][^<]{10,}<\/state>/);
    expect(gateway.control.messages()).toEqual([]);
  });

  it('names stop words between two blanks and one', async () => {
    const reply = await gateway.sms(NUMBER, 'Найкраще Казино, casino!');
    expect(codeOf(reply)).toBe('ERRTEXT');
    expect(reply).toContain('>STOPWORDS  Казино casino </state>');
    expect(codeOf(await gateway.sms(NUMBER, 'casinos are fine'))).toBe('ACCEPT');
  });

  it('checks the rate of groups only', async () => {
    expect(codeOf(await gateway.sms(NUMBER, 'Hi', at('rate="121"')))).toBe('ACCEPT');
    for (const rate of ['0', '121', 'AUTO']) {
      expect(codeOf(await gateway.sms([NUMBER, '380671234567'], 'Hi', at(`rate="${rate}"`)))).toBe('ERRSPEED');
    }
  });

  it.each([
    '<request><operation>GETBALANCE</operation>',
    '<request><operation>GETBALANCE</request>',
    '<request><operation>GET & BALANCE</operation></request>',
    '<request><operation>GETBALANCE</operation></request><more/>',
    '<!DOCTYPE r [<!ENTITY a "b">]><request><operation>GETBALANCE</operation></request>',
    '<answer><operation>GETBALANCE</operation></answer>',
    '<request><operation>SENDMMS</operation></request>',
    '<request><operation>SENDSMS</operation></request>',
    '<request/>',
    'hello',
  ])('XMLERROR for %s', async (xml) => {
    expect(codeOf(await gateway.post(xml))).toBe('XMLERROR');
  });
});

describe('acceptance', () => {
  it('forgives a start five minutes ago and remembers one to come', async () => {
    expect(codeOf(await gateway.sms(NUMBER, 'Hi', at('start_time="2024-01-29 11:55:00"')))).toBe('ACCEPT');
    const later = await gateway.sms(NUMBER, 'Hi', at('start_time="2024-01-29 12:30:00"'));
    const info = (): Promise<string> => gateway.ask('GETCAMPAIGNINFO', `campaignID="${campaignOf(later)}"`);
    expect(await info()).toContain('startDateTime="2024-01-29 12:30:00" status="PENDING"');
    gateway.clock.advance(31 * 60_000);
    expect(await info()).toContain('status="COMPLETE"');
  });

  it.each([
    ['+380501234567', '380501234567'],
    [' 0501234567 ', '380501234567'],
    ['80501234567', '380501234567'],
    ['48123456789', '48123456789'],
  ])('writes %p as %s', async (written, echoed) => {
    expect(await gateway.sms(written)).toContain(`<to recipient="${echoed}" status="ACCEPTED" />`);
  });

  it('keeps bad numbers out of the accepted ones', async () => {
    const mixed = [NUMBER, '12', '380671234567'];
    const left = await gateway.sms(mixed);
    expect(left.match(/<to /g)).toHaveLength(2);
    expect(left).not.toContain('recipient="12"');
    gateway.control.updateSettings({ badNumbers: 'error' });
    expect(await gateway.sms(mixed)).toContain('<to recipient="12" status="ERROR" />');
    expect(gateway.control.messages()).toHaveLength(4);
  });

  it('sends twice to a number that is listed twice', async () => {
    const reply = await gateway.sms([NUMBER, NUMBER]);
    expect(reply.match(/<to /g)).toHaveLength(2);
    expect(gateway.control.messages({ recipient: NUMBER })).toHaveLength(2);
  });

  it('takes ten thousand recipients in one request quickly', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => `38067${String(index).padStart(7, '0')}`);
    const started = performance.now();
    const reply = await gateway.sms(numbers);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(reply.match(/<to /g)).toHaveLength(10_000);
    gateway.clock.advance(5000);
    expect(gateway.control.messages({ status: 'DELIVERED' })).toHaveLength(10_000);
  });
});

describe('money', () => {
  const balance = (): string => gateway.control.settings().balance;

  it('charges each segment', async () => {
    gateway.control.updateSettings({ balance: '10', price: '0.65' });
    await gateway.sms([NUMBER, '380671234567'], 'я'.repeat(71));
    expect(balance()).toBe('7.400');
    const reply = await gateway.post('<request><operation>GETBALANCE</operation></request>');
    expect(reply).toContain('<balance>7.400</balance>');
  });

  it('refuses a single message it cannot afford, and only that', async () => {
    gateway.control.updateSettings({ balance: '0.649' });
    expect(codeOf(await gateway.sms(NUMBER))).toBe('INSUFFICIENTFUNDS');
    expect(balance()).toBe('0.649');
  });

  it('accepts an unfunded group and stops what it cannot afford', async () => {
    gateway.control.updateSettings({ balance: '1.000', price: '0.650' });
    const reply = await gateway.sms([NUMBER, '380671234567']);
    expect(reply.match(/status="ACCEPTED"/g)).toHaveLength(2);
    gateway.clock.advance(10_000);
    expect(gateway.control.messages().map(({ status, cost }) => [status, cost])).toEqual([
      ['DELIVERED', '0.650'],
      ['STOPED', '0.000'],
    ]);
    expect(balance()).toBe('0.350');
  });
});

it('XMLERROR for bytes that are not the UTF-8 they say', async () => {
  const bytes = Buffer.concat([
    Buffer.from('<request><operation>'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('</operation></request>'),
  ]);
  const response = await fetch(gateway.apiUrl, {
    method: 'POST',
    headers: { Authorization: AUTHORIZATION },
    body: bytes,
  });
  expect(codeOf(await response.text())).toBe('XMLERROR');
});
