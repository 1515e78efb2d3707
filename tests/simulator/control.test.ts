import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RequestRecord, SmsView } from '../../simulator';
import { campaignOf, closeAll, codeOf, startGateway, type TestGateway } from './support/gateway';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(closeAll);

const NUMBER = '380501234567';

const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
  const response = await fetch(gateway.controlUrl + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
};

/** fetch does not let anyone set Host or Origin. */
const statusWith = (
  port: number,
  headers: Record<string, string>,
  path = '/control/health',
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const call = httpRequest({ port, host: '127.0.0.1', path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on('error', reject);
    call.end();
  });

describe('what happened', () => {
  it('shows the inbox, by number and from an id', async () => {
    const id = campaignOf(await gateway.sms([NUMBER, '380671234567'], 'Привіт'));
    const { messages, total } = await control<{ messages: SmsView[]; total: number }>(
      'GET',
      `/messages?recipient=${NUMBER}`,
    );
    expect(total).toBe(2);
    expect(messages).toMatchObject([
      {
        recipient: NUMBER,
        text: 'Привіт',
        alphaname: 'MyShop',
        status: 'PENDING',
        final: false,
        encoding: 'ucs2',
        segments: 1,
        cost: '0.650',
        campaignId: id,
        acceptedAt: '2024-01-29T10:00:00.000Z',
        sentAt: null,
      },
    ]);
    const after = messages[0]?.id ?? 0;
    const rest = await control<{ messages: SmsView[] }>('GET', `/messages?after=${String(after)}`);
    expect(rest.messages.map(({ recipient }) => recipient)).toEqual(['380671234567']);
    expect(await control('GET', '/messages?after=x')).toEqual({
      error: { message: 'after: write a whole number from 0.' },
    });
  });

  it('lists requests with what they made', async () => {
    await gateway.sms(NUMBER);
    await gateway.sms('1');
    await gateway.post('<request><operation>GETBALANCE</operation></request>');
    const { requests } = await control<{ requests: RequestRecord[] }>('GET', '/requests');
    expect(requests.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['SENDSMS', 'ACCEPT'],
      ['SENDSMS', 'ERRPHONES'],
      ['GETBALANCE', 'OK'],
    ]);
    const accepted = await control<{ requests: RequestRecord[] }>('GET', '/requests?outcome=ACCEPT');
    expect(accepted.requests[0]?.accepted).toEqual([{ recipient: NUMBER, text: 'Hello', alphaname: 'MyShop' }]);
  });

  it('writes requests to a file before they are answered', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'simulator-'));
    const logFile = join(directory, 'log.jsonl');
    gateway = await startGateway({ logFile });
    gateway.control.addFault({ kind: 'close-after' });
    await expect(gateway.sms(NUMBER, 'пів &amp; "пів"')).rejects.toThrow();
    const lines = readFileSync(logFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RequestRecord);
    expect(lines).toMatchObject([
      { outcome: 'ACCEPT', httpStatus: null, accepted: [{ recipient: NUMBER, text: 'пів & "пів"' }] },
    ]);
    rmSync(directory, { recursive: true });
  });
});

describe('settings', () => {
  it('changes some and keeps the others', async () => {
    const timings = { deliveredAfterMs: 10 };
    const changed = await control<Record<string, unknown>>('PUT', '/settings', {
      balance: '5',
      timings,
      stopWords: ['x'],
    });
    expect(changed).toMatchObject({
      balance: '5.000',
      price: '0.650',
      timings: { sentAfterMs: 1000, deliveredAfterMs: 10 },
    });
    await gateway.sms(NUMBER);
    expect(await control('GET', '/settings')).toMatchObject({ balance: '4.350', stopWords: ['x'] });
  });

  it.each([
    [{ balance: '1,5' }, 'settings.balance: write a decimal with a dot and up to three places, as "27.405".'],
    [{ speed: 0 }, 'settings.speed: write a number from 0.001 to 1000000.'],
    [{ push: { url: 'ftp://x' } }, 'settings.push.url: write a URL that begins with http:// or https://.'],
    [{ alphanames: [{ name: 'X' }] }, 'settings.alphanames[0].status: missing.'],
    [{ outcomeRates: { DONE: 1 } }, expect.stringContaining('settings.outcomeRates.DONE: unknown; known are STOPFLAG')],
  ])('refuses %j', async (patch, message) => {
    expect(await control('PUT', '/settings', patch)).toEqual({ error: { message } });
    expect(gateway.control.settings().balance).toBe('10000.000');
  });

  it('starts over on demand, with ids that go on', async () => {
    const first = campaignOf(await gateway.sms(NUMBER));
    gateway.control.addFault({ kind: 'html' });
    gateway.control.updateSettings({ price: '1' });
    await control('POST', '/reset');
    expect(await control('GET', '/health')).toMatchObject({ ok: true, messages: 0, faults: 0 });
    expect(gateway.control.settings()).toMatchObject({ price: '0.650', balance: '10000.000' });
    expect(codeOf(await gateway.ask('GETCAMPAIGNINFO', `campaignID="${first}"`))).toBe('CAMPAIGNERROR');
    gateway.clock.advance(10_000);
    expect(Number(campaignOf(await gateway.sms(NUMBER)))).toBeGreaterThan(Number(first));
    expect(gateway.control.messages()).toMatchObject([{ status: 'PENDING' }]);
  });

  it('moves time', async () => {
    await gateway.sms(NUMBER);
    await control('POST', '/clock', { advanceMs: 3000 });
    expect(gateway.control.messages()[0]?.status).toBe('DELIVERED');
  });

  it('knows its operations only', async () => {
    expect((await fetch(`${gateway.controlUrl}/nothing`)).status).toBe(404);
    expect((await fetch(`${gateway.controlUrl}/faults/9`, { method: 'DELETE' })).status).toBe(404);
    expect(await control('PUT', '/settings', 'text')).toEqual({ error: { message: 'settings: write an object.' } });
  });
});

describe('who may control', () => {
  it('refuses other sites and names that only resolve to this machine', async () => {
    const own = `127.0.0.1:${String(gateway.port)}`;
    expect(await statusWith(gateway.port, { Host: own })).toBe(200);
    expect(await statusWith(gateway.port, { Host: own, Origin: `http://${own}` })).toBe(200);
    expect(await statusWith(gateway.port, { Host: own, Origin: 'https://evil.example' })).toBe(403);
    expect(await statusWith(gateway.port, { Host: own, Origin: 'null' })).toBe(403);
    expect(await statusWith(gateway.port, { Host: 'evil.example' })).toBe(403);
    expect(await statusWith(gateway.port, { Host: 'evil.example' }, '/')).toBe(403);
  });

  it('is off on an address that is not loopback, unless asked for', async () => {
    const open = await startGateway({ host: '0.0.0.0' });
    expect((await fetch(`${open.controlUrl}/health`)).status).toBe(403);
    expect((await fetch(open.handsetUrl)).status).toBe(403);
    expect(codeOf(await open.sms(NUMBER))).toBe('ACCEPT');
    const asked = await startGateway({ host: '0.0.0.0', control: true });
    expect(await statusWith(asked.port, { Host: 'sms.internal' })).toBe(200);
    expect(await statusWith(asked.port, { Host: 'sms.internal', Origin: 'https://evil.example' })).toBe(403);
  });
});
