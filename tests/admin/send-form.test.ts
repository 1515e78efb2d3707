import fc from 'fast-check';
import { sumMoney } from '../../admin/src/lib/money';
import { emptyForm, formProblem, toRequest, totalOf, withContent, type SendForm } from '../../admin/src/lib/send-form';
import type { EstimateResponse } from '../../shared/contracts/messages';

const ids = () => {
  let last = 0;
  return () => `id-${++last}`;
};

const filled = (change: Partial<SendForm>): SendForm => ({
  mode: 'same',
  recipients: '0671234567',
  text: 'Hello',
  rows: [],
  alphaname: '',
  dedupeKey: 'key',
  ...change,
});

const estimate = (change: Partial<EstimateResponse> = {}): EstimateResponse => ({
  encoding: 'gsm7',
  characters: 5,
  segmentCount: 1,
  remaining: 155,
  ucs2Characters: [],
  problem: null,
  recipients: { valid: 1, duplicates: 0, bad: [] },
  cost: { amount: '0.65', currency: 'UAH' },
  ...change,
});

describe('the request', () => {
  test('one recipient goes by the route for one', () => {
    expect(toRequest(filled({ alphaname: ' MyShop ' }))).toEqual({
      kind: 'one',
      input: { to: '0671234567', text: 'Hello', alphaname: 'MyShop', dedupeKey: 'key' },
    });
  });

  test('several recipients share one text', () => {
    expect(toRequest(filled({ recipients: '0671234567, 0501112233' }))).toEqual({
      kind: 'many',
      input: { recipients: ['0671234567', '0501112233'], text: 'Hello', dedupeKey: 'key' },
    });
  });

  test('individual texts keep their numbers', () => {
    const rows = [
      { id: '1', to: ' 0671234567 ', text: 'One' },
      { id: '2', to: '0501112233', text: 'Two' },
    ];
    expect(toRequest(filled({ mode: 'individual', rows }))).toEqual({
      kind: 'many',
      input: {
        messages: [
          { to: '0671234567', text: 'One' },
          { to: '0501112233', text: 'Two' },
        ],
        dedupeKey: 'key',
      },
    });
  });
});

test('changed content is a new sending, the same content is not', () => {
  const newId = ids();
  const form = emptyForm(newId);
  const changed = withContent(form, { text: 'Hello' }, newId);
  expect(changed.dedupeKey).not.toBe(form.dedupeKey);
  expect(toRequest({ ...changed, recipients: '0671234567' }).input.dedupeKey).toBe(changed.dedupeKey);
});

test('totals multiply parts by people and add up texts', () => {
  const totals = totalOf([
    estimate({ segmentCount: 2, recipients: { valid: 3, duplicates: 1, bad: [{ to: 'x', message: 'no' }] } }),
    estimate(),
  ]);
  expect(totals).toEqual({
    people: 4,
    duplicates: 1,
    bad: [{ to: 'x', message: 'no' }],
    segmentCount: 7,
    cost: { amount: '1.30', currency: 'UAH' },
  });
});

test.each([
  ['no text', filled({ text: ' ' }), totalOf([estimate()]), true, 'send.need-text'],
  ['no valid number', filled({}), totalOf([]), true, 'send.need-recipient'],
  [
    'an empty row',
    filled({ mode: 'individual', rows: [{ id: '1', to: '', text: 'x' }] }),
    totalOf([estimate()]),
    true,
    'send.need-row',
  ],
  [
    'many without the permission',
    filled({ recipients: '0671234567 0501112233' }),
    totalOf([estimate()]),
    false,
    'send.need-bulk',
  ],
  ['one without the permission for many', filled({}), totalOf([estimate()]), false, null],
  ['many with the permission', filled({ recipients: '0671234567 0501112233' }), totalOf([estimate()]), true, null],
])('the form with %s', (_name, form, totals, maySendMany, problem) => {
  expect(formProblem(form, totals, maySendMany)).toBe(problem);
});

describe('money', () => {
  const thousandths = fc.integer({ min: -10_000_000, max: 10_000_000 });
  const asText = (n: number) =>
    `${n < 0 ? '-' : ''}${Math.trunc(Math.abs(n) / 1000)}.${String(Math.abs(n) % 1000).padStart(3, '0')}`;

  test('sums exactly', () => {
    fc.assert(
      fc.property(fc.array(thousandths, { maxLength: 30 }), (amounts) => {
        const sum = sumMoney(amounts.map((n) => ({ amount: asText(n), currency: 'UAH' as const })));
        expect(Math.round(Number(sum?.amount) * 1000)).toBe(amounts.reduce((a, b) => a + b, 0) || 0);
        expect(sum?.amount).toMatch(/^-?\d+\.\d{2,}$/);
      }),
    );
  });

  test('is unknown when one part is unknown', () => {
    expect(sumMoney([{ amount: '1.00', currency: 'UAH' }, null])).toBeNull();
  });
});
