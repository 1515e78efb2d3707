import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.resolve(__dirname, '../../scripts/search-logs.mjs');
const TOKEN = 'Zx8kQ2vN-token-of-a-push-address';
const SENT = [
  { id: 1, operation: 'SENDSMS', accepted: [{ recipient: '380671234567', text: 'Order A-1 taken' }] },
  { id: 2, operation: 'GETBALANCE', accepted: [] },
  { recipient: '491701234567', text: 'Дякуємо, Олена!' },
  { secret: 'Pass-of-a-gateway-1', login: '380500000001' },
  { secret: 'wrong', login: '380500000001' },
  { secret: TOKEN },
];
const HARMLESS = [
  '[2026-11-23 13:27:01.945] \u001b[32mhttp\u001b[39m: GET /svitsms/messages (4 ms) 200',
  '[2026-11-23 13:27:01.945] warn: [svitsms] The login or the password is wrong',
  'GET /svitsms/messages/01936f5a-0671-7234-9567-380671234567 (4 ms) 200',
  'POST /api/svitsms/push/ (2 ms) 404',
  'lease 1795440402687 until 1795440462687, 0.671234567 s, orders 38',
];

describe('the search of the logs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'svitsms-logs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const search = (files: Readonly<Record<string, readonly string[]>>): { status: number | null; output: string } => {
    for (const [name, lines] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), lines.join('\n'));
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
    return { status, output: stdout + stderr };
  };
  const sent = SENT.map((line) => JSON.stringify(line));

  it('passes honest logs and says how much it read', () => {
    const { status, output } = search({ 'sent.jsonl': sent, 'a.log': HARMLESS, 'deep/b.out': ['started'] });
    expect(output).toMatch(
      /^2 log files \(\d+ bytes, 6 lines\) searched for 2 numbers, 2 texts and 6 secrets: 0 findings$/m,
    );
    expect(status).toBe(0);
  });

  it.each([
    ['a phone number', 'to 380671234567 now'],
    ['a phone number', 'to +38 (067) 123-45-67'],
    ['a phone number', '\u001b[32m0671234567\u001b[39m'],
    ['a phone number', 'somebody else: 050 987 65 43'],
    ['a phone number', 'GET /svitsms/messages?search=%2B38067%20123%2045%2067 (4 ms) 200'],
    ['a phone number', '{"to":"491701234567"}'],
    ['a text', 'said: Order A-1 taken'],
    ['a text', 'Олена'],
    ['a text', String.raw`{"name":"\u041e\u043b\u0435\u043d\u0430"}`],
    ['a text', '<body>&#1054;&#x43b;</body>'],
    ['a text', 'GET /?q=%D0%9E%D0%BB'],
    ['a password or token', 'login as x with Pass-of-a-gateway-1'],
    ['a password or token', Buffer.from('380500000001:wrong').toString('base64')],
    ['a password or token', `POST /api//svitsms/push/${TOKEN} (1 ms) 404`],
    ['the token of the push address', 'POST /api/svitsms/push/another (1 ms) 404'],
    ['an Authorization header', 'authorization: Basic c29tZWJvZHk6aWRlbg=='],
  ])('finds %s in %j', (what, line) => {
    const { status, output } = search({ 'sent.jsonl': sent, 'a.log': [...HARMLESS, line] });
    expect(output).toContain(`a.log:6 holds ${what}`);
    expect(output).toContain('1 findings');
    expect(status).toBe(1);
  });

  it('fails when there is no log, an empty one only, or nothing was sent', () => {
    expect(search({ 'sent.jsonl': sent })).toMatchObject({ status: 1, output: expect.stringContaining('no logs') });
    expect(search({ 'a.log': [''] })).toMatchObject({ status: 1, output: expect.stringContaining('no logs') });
    expect(search({ 'a.log': HARMLESS, 'sent.jsonl': [] })).toMatchObject({
      status: 1,
      output: expect.stringContaining('prove nothing'),
    });
    rmSync(path.join(folder, 'sent.jsonl'));
    expect(search({ 'a.log': HARMLESS })).toMatchObject({ status: 1, output: expect.stringContaining('is missing') });
  });
});
