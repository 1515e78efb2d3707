import { FAULT_KINDS, type NewFault, type Simulator } from '../../simulator';
import type { MessageState, Reason, SubmissionState } from '../../shared/vocabulary';
import { createSqliteDatabase, type TestDatabase } from '../support/knex-ledger';
import { acceptedTexts, openGateway, openSite, postsOf, sendFault, type Site } from './support/site';

/** What stands in the ledger after one request, and whether the gateway really has the SMS. */
interface Expected {
  readonly message: MessageState;
  readonly submission: SubmissionState;
  readonly reason?: Reason | null;
  readonly pause?: string;
  readonly sent: boolean;
}

const ACCEPTED: Expected = { message: 'accepted', submission: 'accepted', reason: null, sent: true };
const lost = (sent: boolean): Expected => ({
  message: 'in_doubt',
  submission: 'in_doubt',
  reason: 'answer_lost',
  sent,
});
const unreadable = (sent: boolean): Expected => ({ ...lost(sent), reason: 'answer_unreadable' });
const failed = (reason: Reason): Expected => ({ message: 'failed', submission: 'refused', reason, sent: false });
const waits = (pause: string): Expected => ({
  message: 'queued',
  submission: 'refused',
  reason: null,
  pause,
  sent: false,
});

const CASES: readonly (readonly [string, NewFault, Expected])[] = [
  ['slow before it looks', { kind: 'slow', params: { ms: 100, stage: 'before' } }, ACCEPTED],
  ['slow after it accepted', { kind: 'slow', params: { ms: 100, stage: 'after' } }, ACCEPTED],
  ['slower than our patience', { kind: 'slow', params: { ms: 900, stage: 'after' } }, lost(true)],
  ['never answers', { kind: 'hang' }, lost(true)],
  ['never answers, never looked', { kind: 'hang', params: { stage: 'before' } }, lost(false)],
  ['resets before it looks', { kind: 'reset-before' }, lost(false)],
  ['resets after it accepted', { kind: 'reset-after' }, lost(true)],
  ['closes after it accepted', { kind: 'close-after' }, lost(true)],
  ['500', { kind: 'http-error', params: { status: 500 } }, unreadable(false)],
  ['500 after it accepted', { kind: 'http-error', params: { status: 500, stage: 'after' } }, unreadable(true)],
  ['502', { kind: 'http-error', params: { status: 502 } }, unreadable(false)],
  ['503', { kind: 'http-error', params: { status: 503 } }, unreadable(false)],
  ['504 after it accepted', { kind: 'http-error', params: { status: 504, stage: 'after' } }, unreadable(true)],
  ['404', { kind: 'http-error', params: { status: 404 } }, failed('refused_request')],
  ['413', { kind: 'http-error', params: { status: 413 } }, failed('refused_request')],
  ['401', { kind: 'http-error', params: { status: 401 } }, waits('wrong_credentials')],
  ['403', { kind: 'http-error', params: { status: 403 } }, waits('wrong_credentials')],
  ['a web page', { kind: 'html' }, unreadable(false)],
  ['a web page after it accepted', { kind: 'html', params: { stage: 'after' } }, unreadable(true)],
  ['an empty answer', { kind: 'empty', params: { stage: 'after' } }, unreadable(true)],
  ['a malformed answer', { kind: 'malformed' }, unreadable(true)],
  ['another root', { kind: 'wrong-root' }, unreadable(true)],
  ['half an answer', { kind: 'truncated' }, unreadable(true)],
  ['a redirect 301', { kind: 'redirect', params: { status: 301 } }, unreadable(false)],
  ['a redirect 307', { kind: 'redirect', params: { status: 307 } }, unreadable(false)],
  ['an answer without end', { kind: 'endless' }, unreadable(true)],
  ['a wrong login', { kind: 'wrong-login' }, waits('wrong_credentials')],
  ['an empty account', { kind: 'no-funds' }, waits('no_funds')],
  ['a stop word', { kind: 'stop-word' }, failed('stop_word')],
  ['ERRPHONES', { kind: 'refuse', params: { code: 'ERRPHONES' } }, failed('refused_phone')],
  ['ERRTEXT', { kind: 'refuse', params: { code: 'ERRTEXT' } }, failed('refused_text')],
  ['ERRSTARTTIME', { kind: 'refuse', params: { code: 'ERRSTARTTIME' } }, failed('refused_time')],
  ['XMLERROR', { kind: 'refuse', params: { code: 'XMLERROR' } }, failed('refused_request')],
  ['ERRALFANAME', { kind: 'refuse', params: { code: 'ERRALFANAME' } }, waits('alphaname_refused')],
  [
    'an answer without our number',
    { kind: 'missing-recipients' },
    { message: 'in_doubt', submission: 'accepted', reason: 'not_mentioned', sent: true },
  ],
  ['an answer with a number more', { kind: 'extra-recipients' }, ACCEPTED],
  ['a repeated push', { kind: 'duplicate-push' }, ACCEPTED],
  ['a late push', { kind: 'delay-push' }, ACCEPTED],
  ['a lost push', { kind: 'lose-push' }, ACCEPTED],
];

describe('a gateway that misbehaves', () => {
  let database: TestDatabase;
  let simulator: Simulator;
  let site: Site;
  beforeAll(async () => {
    database = await createSqliteDatabase();
    simulator = await openGateway();
  });
  afterAll(async () => {
    await simulator.close();
    await database.destroy();
  });
  beforeEach(async () => {
    simulator.control.reset();
    simulator.control.updateSettings({ balance: '1000000' });
    await database.clear();
    site = await openSite({ knex: database.knex, simulator });
  });

  /** Everything that could post again does its turn; none may. */
  const turnOver = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn++) await site.send(await site.plan());
  };

  it.each(CASES)('%s: the right state and one request', async (_name, fault, expected) => {
    simulator.control.addFault(sendFault(fault));
    await site.write('a');
    await site.send(await site.plan());
    const message = await site.message('a');
    expect({ state: message.state, reason: message.reason }).toEqual({
      state: expected.message,
      reason: expected.reason ?? null,
    });
    const [submission] = await database.knex('svitsms_submissions').select('state');
    expect(submission).toEqual({ state: expected.submission });
    const pauses = await site.ledger.pauses.list(site.account.key);
    expect(pauses.map(({ reason }) => reason)).toEqual(expected.pause ? [expected.pause] : []);
    await turnOver();
    expect(postsOf(simulator)).toBe(1);
    expect(acceptedTexts(simulator)).toEqual(expected.sent ? ['a'] : []);
  });

  it('knows every fault of the simulator', () => {
    const tried = new Set<string>([...CASES.map(([, { kind }]) => kind), 'duplicate-campaign-id']);
    expect(FAULT_KINDS.filter((kind) => !tried.has(kind))).toEqual([]);
  });

  it('is not there: the message waits, and nothing is in doubt', async () => {
    const gone = await openGateway();
    const lonely = await openSite({ knex: database.knex, simulator: gone });
    await gone.close();
    await lonely.write('a');
    await lonely.send(await lonely.plan());
    expect(await lonely.message('a')).toMatchObject({ state: 'queued', reason: null });
    expect(await lonely.ledger.pauses.list(lonely.account.key)).toMatchObject([{ reason: 'gateway_unreachable' }]);
  });

  it('answers two requests with one campaign id: the second is in doubt (C15)', async () => {
    await site.write('a');
    await site.send(await site.plan());
    simulator.control.addFault(sendFault({ kind: 'duplicate-campaign-id' }));
    await site.write('b');
    await site.send(await site.plan());
    expect((await site.message('a')).state).toBe('accepted');
    expect((await site.message('b')).state).toBe('in_doubt');
    await turnOver();
    expect(acceptedTexts(simulator).sort()).toEqual(['a', 'b']);
  });

  it.each(['body', 'connection'] as const)(
    'cuts its answer after every byte (%s): accepted when the document is whole, else in doubt, never two requests',
    async (cut) => {
      const answer = await wholeAnswer(simulator);
      const patient = await openSite({ knex: database.knex, simulator, requestTimeoutMs: 30_000 });
      simulator.control.reset();
      simulator.control.updateSettings({ balance: '1000000' });
      const lengths = Array.from({ length: answer.length + 1 }, (_, bytes) => bytes);
      for (const bytes of lengths) {
        simulator.control.addFault(
          sendFault({ kind: 'truncated', params: { bytes, cut }, match: { text: `№${name(bytes)} ` } }),
        );
        await patient.write(name(bytes));
      }
      for (let ids = await patient.plan(); ids.length > 0; ids = await patient.plan()) {
        await patient.send(ids);
        await patient.ledger.pauses.clear(patient.account.key, ['too_many_in_doubt'], null);
      }
      const states = new Map<number, string>();
      for (const bytes of lengths) states.set(bytes, (await patient.message(name(bytes))).state);
      const whole = (bytes: number): boolean =>
        answer.subarray(0, bytes).toString('utf8').trimEnd().endsWith('</message>');
      expect([...states]).toEqual(lengths.map((bytes) => [bytes, whole(bytes) ? 'accepted' : 'in_doubt']));
      await turnOver();
      expect(postsOf(simulator)).toBe(lengths.length);
      expect(acceptedTexts(simulator)).toHaveLength(lengths.length);
    },
    60_000,
  );
});

const name = (bytes: number): string => `t${String(bytes).padStart(4, '0')}`;

const REQUEST = `<?xml version="1.0" encoding="utf-8"?>
<request><operation>SENDSMS</operation>
<message start_time="AUTO" end_time="AUTO" lifetime="24" rate="120" desc="" source="MyShop">
<body>a</body><recipient>380671000001</recipient></message></request>`;

/** The bytes of an undisturbed answer; every answer to one number is as long. */
const wholeAnswer = async (simulator: Simulator): Promise<Buffer> => {
  const authorization = `Basic ${Buffer.from('380000000000:simulator').toString('base64')}`;
  const answer = await fetch(simulator.apiUrl, { method: 'POST', headers: { authorization }, body: REQUEST });
  return Buffer.from(await answer.arrayBuffer());
};
