import fc from 'fast-check';
import { judgeAlphaname } from '../../admin/src/lib/alphaname-rules';
import { errorText } from '../../admin/src/lib/error-text';
import { knownWord } from '../../admin/src/lib/gateway-words';
import { canCancel, canCheck, isFinal, isMoving, STATE_TONES } from '../../admin/src/lib/message-state';
import { areFew, markOffenders } from '../../admin/src/lib/offenders';
import { stepOfReason, timeline } from '../../admin/src/lib/timeline';
import { checkAlphaname } from '../../server/src/domain/alphaname';
import type { MessageDetailResponse } from '../../shared/contracts/messages';
import { FINAL_MESSAGE_STATES, MESSAGE_STATES } from '../../shared/vocabulary';

describe('states', () => {
  test('only the handset makes a badge green', () => {
    expect(MESSAGE_STATES.filter((state) => STATE_TONES[state] === 'success')).toEqual(['delivered']);
  });

  test('final states neither move nor offer actions', () => {
    for (const state of FINAL_MESSAGE_STATES) {
      expect([isFinal(state), isMoving(state), canCancel(state), canCheck(state)]).toEqual([true, false, false, false]);
    }
  });

  test('what waits for a person is not asked about every two seconds', () => {
    expect(MESSAGE_STATES.filter((state) => !isFinal(state) && !isMoving(state))).toEqual(['held', 'in_doubt']);
  });
});

describe('sender names', () => {
  const name = fc.oneof(
    fc.string({ maxLength: 14 }),
    fc.string({ unit: fc.constantFrom(...'MyShop 09.-Ш'), maxLength: 13 }),
    fc.constantFrom('INFO', 'Kyivstar', 'My Shop', '0501234567', 'AB', 'Life:)', ''),
  );

  test('the form and the server agree on what can be sent and on the doubts', () => {
    fc.assert(
      fc.property(name, (typed) => {
        const here = judgeAlphaname(typed);
        const there = checkAlphaname(typed);
        expect([typed, here.ok, here.warnings.length]).toEqual([typed, there.ok, there.ok ? there.warnings.length : 0]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('broken rules are named one by one', () => {
    expect(judgeAlphaname('Мій магазин Київ').rules).toEqual({ length: false, latin: false });
  });
});

describe('characters that make a text dear', () => {
  test('a stray apostrophe is pointed at', () => {
    expect(markOffenders('It’s ready', ['’'])).toEqual([
      { text: 'It', offending: false },
      { text: '’', offending: true },
      { text: 's ready', offending: false },
    ]);
  });

  test('a Cyrillic text is not covered with marks', () => {
    const text = 'Замовлення 15 готове';
    const letters = [...new Set(text.replace(/[\d ]/g, ''))];
    expect(areFew(text, letters)).toBe(false);
    expect(markOffenders(text, letters)).toEqual([{ text, offending: false }]);
  });

  test('pieces joined give the text again', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, fc.array(fc.string({ minLength: 1, maxLength: 1 })), (whole, strays) => {
        expect(
          markOffenders(whole, strays)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(whole);
      }),
    );
  });
});

test.each([
  [
    { name: 'ValidationError', status: 400, message: 'to: give a number' },
    { key: null, words: 'to: give a number' },
  ],
  [
    { name: 'BadRequestError', status: 400, message: 'No answer.', details: { fault: 'timeout', code: null } },
    { key: 'fault.timeout.title', words: 'No answer.' },
  ],
  [
    { name: 'BadRequestError', status: 400, message: 'No answer.', details: { fault: 'a later kind' } },
    { key: null, words: 'No answer.' },
  ],
  [
    { name: 'ForbiddenError', status: 403, message: 'Forbidden' },
    { key: 'error.forbidden', words: null },
  ],
  [
    { name: 'ZodError', message: '[{"code":"invalid_type"}]' },
    { key: 'error.unreadable', words: null },
  ],
  [
    { name: 'UnknownError', message: 'Failed to fetch' },
    { key: 'error.no-answer', words: null },
  ],
  [new TypeError('Failed to fetch'), { key: 'error.no-answer', words: null }],
  [undefined, { key: 'error.no-answer', words: null }],
])('a failed call %# in words', (error, text) => {
  expect(errorText(error)).toEqual(text);
});

test('the gateway words are known whatever their case, others stay as they came', () => {
  expect(['DELIVERED', ' Undeliv ', 'SOMETHINGNEW', null].map(knownWord)).toEqual(['delivered', 'undeliv', null, null]);
});

describe('timeline', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();
  const submission: NonNullable<MessageDetailResponse['submission']> = {
    id: 's1',
    state: 'accepted',
    marker: 'ref:1',
    size: 1,
    campaignId: '77',
    errorKind: null,
    errorCode: null,
    detail: null,
    sendingAt: at(1),
    finishedAt: at(2),
    balanceBefore: null,
    balanceAfter: null,
  };
  const message: MessageDetailResponse = {
    id: 'm1',
    state: 'queued',
    reason: null,
    detail: null,
    to: '380671234567',
    text: 'Hello',
    masked: false,
    alphaname: 'MyShop',
    encoding: 'gsm7',
    segmentCount: 1,
    lane: 'service',
    origin: 'panel',
    ruleKey: null,
    entry: null,
    batchId: null,
    campaignId: null,
    gatewayStatus: null,
    attempts: 0,
    createdAt: at(0),
    dueAt: at(0),
    expiresAt: at(59),
    acceptedAt: null,
    statusAt: null,
    finalAt: null,
    submission: null,
  };
  const kinds = (change: Partial<MessageDetailResponse>) => timeline({ ...message, ...change }).map(({ kind }) => kind);

  test.each<[string, Partial<MessageDetailResponse>, string[]]>([
    ['queued', {}, ['created', 'expires']],
    ['queued for later', { dueAt: at(30) }, ['created', 'due', 'expires']],
    [
      'accepted',
      { state: 'accepted', acceptedAt: at(2), submission },
      ['created', 'handed', 'accepted', 'waiting-report'],
    ],
    [
      'delivered',
      {
        state: 'delivered',
        acceptedAt: at(2),
        statusAt: at(9),
        finalAt: at(9),
        gatewayStatus: 'DELIVERED',
        submission,
      },
      ['created', 'handed', 'accepted', 'report'],
    ],
    [
      'in doubt',
      { state: 'in_doubt', submission: { ...submission, state: 'in_doubt' } },
      ['created', 'handed', 'lost'],
    ],
    [
      'refused',
      { state: 'failed', finalAt: at(2), submission: { ...submission, state: 'refused' } },
      ['created', 'handed', 'refused', 'final'],
    ],
    ['rejected', { state: 'rejected', finalAt: at(0) }, ['created', 'final']],
  ])('%s', (_name, change, steps) => {
    expect(kinds(change)).toEqual(steps);
  });

  test.each<[Partial<MessageDetailResponse>, string | null]>([
    [{ state: 'in_doubt', reason: 'answer_lost', submission: { ...submission, state: 'in_doubt' } }, 'lost'],
    [{ state: 'in_doubt', reason: 'not_mentioned', submission }, 'accepted'],
    [
      { state: 'failed', reason: 'stop_word', finalAt: at(2), submission: { ...submission, state: 'refused' } },
      'refused',
    ],
    [{ state: 'failed', reason: 'refused_phone', finalAt: at(2), submission }, 'final'],
    [{ state: 'rejected', reason: 'bad_phone', finalAt: at(0) }, 'final'],
    [
      { state: 'closed', reason: 'closed_by_person', finalAt: at(9), submission: { ...submission, state: 'closed' } },
      'final',
    ],
    [{ state: 'delivered', reason: 'gateway_status', statusAt: at(9), finalAt: at(9) }, null],
    [{ state: 'held', detail: 'It waited in another database.' }, null],
  ])('why, told with its time: %#', (change, step) => {
    const whole = { ...message, ...change };
    expect(stepOfReason(whole, timeline(whole))).toBe(step);
  });
});
