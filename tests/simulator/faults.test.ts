import type { NewFault } from '../../simulator';
import { eventually } from '../support/eventually';
import {
  AUTHORIZATION,
  campaignOf,
  closeAll,
  codeOf,
  rawHttp,
  rawRequest,
  startGateway,
  type TestGateway,
} from './support/gateway';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(closeAll);

const NUMBER = '380501234567';
const SEND = `<request><operation>SENDSMS</operation><message source="MyShop"><body>Hello</body><recipient>${NUMBER}</recipient></message></request>`;
const raw = (): ReturnType<typeof rawHttp> => rawHttp(gateway.port, rawRequest(SEND));
const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4);
const lastRecord = (): unknown => gateway.log().at(-1);
const ACCEPTED = { outcome: 'ACCEPT', accepted: [{ recipient: NUMBER, text: 'Hello', alphaname: 'MyShop' }] };
const UNTOUCHED = { outcome: 'NOT_HANDLED', accepted: [], campaignId: null };

describe('the connection', () => {
  it.each<[NewFault, object]>([
    [{ kind: 'reset-before' }, { ...UNTOUCHED, operation: null }],
    [
      { kind: 'reset-before', match: { operation: 'SENDSMS' } },
      { ...UNTOUCHED, operation: 'SENDSMS' },
    ],
    [{ kind: 'reset-after' }, ACCEPTED],
  ])('%j resets it', async (fault, record) => {
    gateway.control.addFault(fault);
    expect(await raw()).toEqual({ text: '', error: 'ECONNRESET' });
    expect(lastRecord()).toMatchObject({ ...record, httpStatus: null, fault: fault.kind });
    expect(gateway.control.faults()).toEqual([]);
  });

  it('closes after acceptance, and the log knows what was accepted', async () => {
    gateway.control.addFault({ kind: 'close-after' });
    expect(await raw()).toEqual({ text: '', error: null });
    expect(lastRecord()).toMatchObject({ ...ACCEPTED, httpStatus: null, fault: 'close-after' });
    expect(gateway.control.messages()).toHaveLength(1);
  });

  it('hangs after acceptance until the client gives up', async () => {
    gateway.control.addFault({ kind: 'hang' });
    const controller = new AbortController();
    const answer = fetch(gateway.apiUrl, {
      method: 'POST',
      body: SEND,
      headers: { Authorization: AUTHORIZATION },
      signal: controller.signal,
    });
    await eventually(lastRecord, (record) => record !== undefined);
    expect(lastRecord()).toMatchObject({ ...ACCEPTED, httpStatus: null, fault: 'hang' });
    controller.abort();
    await expect(answer).rejects.toThrow('abort');
  });

  it('never ends an endless answer', async () => {
    gateway.control.addFault({ kind: 'endless' });
    const response = await fetch(gateway.apiUrl, {
      method: 'POST',
      body: SEND,
      headers: { Authorization: AUTHORIZATION },
    });
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += (chunk as Uint8Array).length;
      if (size > 100_000) break;
    }
    expect(size).toBeGreaterThan(100_000);
  });

  it('promises more than it sends', async () => {
    gateway.control.addFault({ kind: 'truncated', params: { bytes: 60, cut: 'connection' } });
    const { text } = await raw();
    expect(bodyOf(text)).toHaveLength(60);
    expect(Number(/Content-Length: (\d+)/.exec(text)?.[1])).toBeGreaterThan(60);
  });

  it('is slow beside another fault', async () => {
    gateway.control.addFault({ kind: 'slow', params: { ms: 60 } });
    gateway.control.addFault({ kind: 'html' });
    const started = performance.now();
    expect((await raw()).text).toContain('<html>');
    expect(performance.now() - started).toBeGreaterThan(55);
    expect(lastRecord()).toMatchObject({ slow: true, fault: 'html' });
  });
});

describe('the answer', () => {
  it.each<[NewFault, number, RegExp, object]>([
    [{ kind: 'http-error' }, 500, /500 Internal Server Error/, UNTOUCHED],
    [{ kind: 'http-error', params: { status: 502, stage: 'after' } }, 502, /502 Bad Gateway/, ACCEPTED],
    [{ kind: 'html' }, 200, /^<html>/, UNTOUCHED],
    [{ kind: 'empty' }, 200, /^$/, UNTOUCHED],
    [{ kind: 'empty', params: { stage: 'after' } }, 200, /^$/, ACCEPTED],
    [{ kind: 'truncated', params: { bytes: 50 } }, 200, /^.{38}\n<message>\n<$/s, ACCEPTED],
    [{ kind: 'malformed' }, 200, /ACCEPTED" \/>\n$/, ACCEPTED],
    [{ kind: 'wrong-root' }, 200, /^<\?xml.*<result>\n<state code="ACCEPT".*<\/result>$/s, ACCEPTED],
    [{ kind: 'redirect', params: { location: 'http://127.0.0.1:1/' } }, 307, /^$/, UNTOUCHED],
    [{ kind: 'wrong-login' }, 200, /^Access denied!/, { outcome: 'DENIED', accepted: [] }],
    [{ kind: 'no-funds' }, 200, /code="INSUFFICIENTFUNDS"/, { outcome: 'INSUFFICIENTFUNDS', accepted: [] }],
    [{ kind: 'stop-word', params: { word: 'sale' } }, 200, />STOPWORDS {2}sale </, { outcome: 'ERRTEXT' }],
    [
      { kind: 'refuse', params: { code: 'ERRALFANAME', text: 'No' } },
      200,
      /code="ERRALFANAME".*>No</,
      { accepted: [] },
    ],
    [{ kind: 'missing-recipients' }, 200, /<\/state>\n<\/message>$/, ACCEPTED],
    [
      { kind: 'extra-recipients', params: { recipients: ['380997777777'] } },
      200,
      /"380997777777" status="ACCEPTED"/,
      ACCEPTED,
    ],
  ])('%j', async (fault, status, body, record) => {
    gateway.control.addFault(fault);
    const { text } = await raw();
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    expect(bodyOf(text)).toMatch(body);
    expect(lastRecord()).toMatchObject({ ...record, httpStatus: status, fault: fault.kind });
    expect(codeOf((await raw()).text)).toBe('ACCEPT');
  });

  it('repeats the id of the campaign before, while the log keeps the true one', async () => {
    const first = campaignOf(await gateway.sms(NUMBER));
    gateway.control.addFault({ kind: 'duplicate-campaign-id' });
    expect(campaignOf(await gateway.sms('380671234567'))).toBe(first);
    expect(gateway.log().at(-1)?.campaignId).not.toBe(first);
    expect(campaignOf(await gateway.sms(NUMBER))).not.toBe(first);
  });

  it('accepts a group without money and stops it', async () => {
    gateway.control.addFault({ kind: 'no-funds' });
    expect(codeOf(await gateway.sms([NUMBER, '380671234567']))).toBe('ACCEPT');
    gateway.clock.advance(1000);
    expect(gateway.control.messages({ status: 'STOPED' })).toHaveLength(2);
  });
});

describe('who suffers', () => {
  const codes = async (count: number): Promise<(string | undefined)[]> => {
    const seen: (string | undefined)[] = [];
    for (let index = 0; index < count; index += 1) seen.push(codeOf(await gateway.sms(NUMBER)));
    return seen;
  };

  it('only what matches', async () => {
    gateway.control.addFault({ kind: 'refuse', match: { recipient: '+380671234567' } });
    gateway.control.addFault({ kind: 'refuse', match: { text: 'code 17' } });
    gateway.control.addFault({ kind: 'refuse', match: { operation: 'GETBALANCE' } });
    expect(codeOf(await gateway.sms(NUMBER))).toBe('ACCEPT');
    expect(codeOf(await gateway.sms([NUMBER, '0671234567']))).toBe('XMLERROR');
    expect(codeOf(await gateway.sms(NUMBER, 'your code 171'))).toBe('XMLERROR');
    expect(codeOf(await gateway.post('<request><operation>GETBALANCE</operation></request>'))).toBe('XMLERROR');
    expect(gateway.control.faults()).toEqual([]);
  });

  it('as many as told', async () => {
    gateway.control.addFault({ kind: 'refuse', times: 2 });
    expect(await codes(3)).toEqual(['XMLERROR', 'XMLERROR', 'ACCEPT']);
    const { id } = gateway.control.addFault({ kind: 'refuse', times: null });
    expect(await codes(3)).toEqual(['XMLERROR', 'XMLERROR', 'XMLERROR']);
    gateway.control.removeFault(id);
    expect(await codes(1)).toEqual(['ACCEPT']);
  });

  it('the same ones for the same seed, and others for another', async () => {
    const run = async (seed: number): Promise<string> => {
      gateway = await startGateway({ seed });
      gateway.control.addFault({ kind: 'refuse', probability: 0.5 });
      gateway.control.updateSettings({ outcomeRates: { UNDELIV: 0.5 }, faultRates: { 'stop-word': 0.6 } });
      const seen = await codes(24);
      gateway.clock.advance(10_000);
      const statuses = gateway.control.messages().map(({ status }) => status);
      return JSON.stringify([seen, statuses]);
    };
    const once = await run(7);
    expect(await run(7)).toBe(once);
    expect(await run(8)).not.toBe(once);
    for (const word of ['XMLERROR', 'ERRTEXT', 'ACCEPT', 'UNDELIV', 'DELIVERED']) expect(once).toContain(word);
  });

  it.each([
    [{ kind: 'nonsense' }, /^fault\.kind: write one of slow, /],
    [{}, /^fault\.kind: missing/],
    [{ kind: 'slow', params: { ms: 'x' } }, /^fault\.params\.ms: write a number/],
    [{ kind: 'slow', wait: 5 }, /^fault\.wait: unknown/],
    [{ kind: 'slow', times: 0 }, /^fault\.times: write a whole number/],
    [[], /^fault: write an object/],
  ])('%j is refused', async (fault, message) => {
    const response = await fetch(`${gateway.controlUrl}/faults`, { method: 'POST', body: JSON.stringify(fault) });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(message);
  });
});
