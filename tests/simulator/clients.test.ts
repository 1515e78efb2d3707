import { closeAll, codeOf, NOON_KYIV, rawHttp, rawRequest, startGateway, type TestGateway } from './support/gateway';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(closeAll);

const BODY = '<request><operation>GETBALANCE</operation></request>';

describe('what published clients rely on', () => {
  it('lets a client cut between campaignID and date', async () => {
    const reply = await gateway.sms('380501234567');
    const [, id] = /campaignID="(.+?)" date="/.exec(reply) ?? [];
    expect(id).toMatch(/^\d+$/);
    expect(reply).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>\n<message>\n<state code="ACCEPT" campaignID="/);
    expect(reply).toContain(`date="${NOON_KYIV}">`);
    expect(reply).toContain('<to recipient="380501234567" status="ACCEPTED" />');
  });

  it('answers UTF-8 under a windows-1251 header, without a byte order mark', async () => {
    const { text } = await rawHttp(gateway.port, rawRequest(BODY));
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toMatch(/\r\nContent-Type: text\/html; charset=windows-1251\r\n/);
    expect(text).toContain('\r\n\r\n<?xml version="1.0" encoding="utf-8"?>');
    expect(text).toContain('<balance>10000.000</balance>');
  });

  it.each([
    ['blanks and a byte order mark before the declaration', `\uFEFF \r\n<?xml version='1.0'?>${BODY}`],
    ['no declaration', BODY],
    [
      'comments, instructions and CDATA',
      '<!-- a --><request><?x y?><operation><![CDATA[GETBALANCE]]></operation></request>',
    ],
    ['a DOCTYPE without declarations', `<!DOCTYPE request>${BODY}`],
    ['CRLF and tabs', '<request>\r\n\t<operation>\r\n GETBALANCE\t</operation >\r\n</request>\r\n'],
    ['strange attributes', `<request a='"' b="'"><operation x = "1">GETBALANCE</operation></request>`],
  ])('accepts %s', async (_name, body) => {
    expect(await gateway.post(body)).toContain('<balance>');
  });

  it('reads the windows-1251 of old clients when the declaration says so', async () => {
    const word = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xb3, 0xf2]);
    const head = '<?xml version="1.0" encoding="windows-1251"?><request><operation>SENDSMS</operation>';
    const xml = Buffer.concat([
      Buffer.from(`${head}<message source="MyShop"><body>`),
      word,
      Buffer.from('</body><recipient>380501234567</recipient></message></request>'),
    ]);
    const response = await fetch(gateway.apiUrl, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa('380000000000:simulator')}` },
      body: xml,
    });
    expect(codeOf(await response.text())).toBe('ACCEPT');
    expect(gateway.control.messages()[0]?.text).toBe('Привіт');
  });

  it.each([
    ['livetime, version and single', 'livetime="4" version="opencart 2.1.3" type="single" source="MyShop"'],
    ['blanks around AUTO and single quotes', "start_time=' AUTO ' end_time=' AUTO ' lifetime='4' source='MyShop'"],
    ['no rate and no desc', 'start_time="AUTO" end_time="AUTO" lifetime="4" source="MyShop"'],
    ['the full documented set', 'start_time="AUTO" end_time="AUTO" lifetime="4" rate="120" desc="x" source="MyShop"'],
  ])('accepts %s', async (_name, attributes) => {
    expect(codeOf(await gateway.sms('380501234567', 'Hi', attributes))).toBe('ACCEPT');
  });

  it('accepts the recipient before the body in a single message', async () => {
    const message = '<message source="MyShop"><recipient>380501234567</recipient><body>Hi</body></message>';
    const reply = await gateway.post(`<request><operation>SENDSMS</operation>${message}</request>`);
    expect(codeOf(reply)).toBe('ACCEPT');
    expect(gateway.control.messages()).toMatchObject([{ recipient: '380501234567', text: 'Hi' }]);
  });

  it('sends individual texts to pairs of recipient and body', async () => {
    const pairs =
      '<recipient>380501234567</recipient><body>one</body><recipient>380671234567</recipient><body>two</body>';
    const message = `<message type="individual" source="MyShop">${pairs}</message>`;
    await gateway.post(`<request><operation>SENDSMS</operation>${message}</request>`);
    expect(gateway.control.messages().map(({ recipient, text }) => [recipient, text])).toEqual([
      ['380501234567', 'one'],
      ['380671234567', 'two'],
    ]);
  });

  it('ignores a dummy query and serves the address without sender names', async () => {
    const xml =
      '<request><operation>SENDSMS</operation><message><body>Hi</body><recipient>380501234567</recipient></message></request>';
    const { text } = await rawHttp(gateway.port, rawRequest(xml, [], '/api/api.noai.php?t=17'));
    expect(codeOf(text)).toBe('ACCEPT');
    expect(gateway.control.messages()[0]?.alphaname).toBe('InfoCentr');
  });
});

describe('who may ask', () => {
  const call = (headers: Record<string, string>): Promise<Response> =>
    fetch(gateway.apiUrl, { method: 'POST', headers, body: BODY });

  it('challenges a request without credentials', async () => {
    const response = await call({});
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
  });

  it.each(['Basic bm9ib2R5Om5vYm9keQ==', 'Basic !!!', 'Bearer x', ''])(
    'denies %p with 200 and a text',
    async (value) => {
      const response = await call({ Authorization: value });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('Access denied! Incorrect login or password.');
    },
  );

  it('knows the short wording', async () => {
    gateway.control.updateSettings({ accessDenied: 'short' });
    expect(await (await call({ Authorization: 'Basic eDp5' })).text()).toBe('Access denied!');
  });

  it('lets everyone in when told to', async () => {
    gateway.control.updateSettings({ credentials: null });
    expect(await (await call({ Authorization: 'Basic eDp5' })).text()).toContain('<balance>');
  });

  it('answers an empty request in words', async () => {
    expect(await gateway.post(' \n')).toBe('EMPTY REQUEST');
    const get = await fetch(gateway.apiUrl, { headers: { Authorization: `Basic ${btoa('380000000000:simulator')}` } });
    expect(await get.text()).toBe('EMPTY REQUEST');
  });
});
