import fc from 'fast-check';
import type { SubmitResult } from '../../../server/src/domain/outcome';
import { partsOfRefused } from '../../../server/src/domain/split';

type Refused = Extract<SubmitResult, { kind: 'refused' }>;
const refused = (fields: Partial<Refused> = {}): Refused => ({
  kind: 'refused',
  scope: 'message',
  reason: 'refused_text',
  pause: null,
  fault: 'refused',
  code: 'ERRTEXT',
  detail: 'no',
  ...fields,
});
const people = (count: number, text: (n: number) => string = (n) => `Text ${n}`) =>
  Array.from({ length: count }, (_, n) => ({ to: `38067${n}`, text: text(n) }));
const sizes = (result: SubmitResult, members: ReturnType<typeof people>): number[] =>
  partsOfRefused(result, members).map(({ length }) => length);

test('a text for each, refused for a text or a number, is halved', () => {
  expect(sizes(refused(), people(9))).toEqual([5, 4]);
  expect(sizes(refused({ reason: 'refused_phone' }), people(2))).toEqual([1, 1]);
  expect(sizes(refused({ fault: 'invalid', reason: 'unsendable_text' }), people(3))).toEqual([2, 1]);
});

test('one text for all is halved for a number, not for its text', () => {
  const group = people(8, () => 'Sale');
  expect(sizes(refused({ reason: 'refused_phone' }), group)).toEqual([4, 4]);
  expect(sizes(refused(), group)).toEqual([]);
});

test('those with a named stop word go apart from the others', () => {
  const members = people(6, (n) => (n === 4 ? 'Наше КАЗИНО відкрито' : `Text ${n}`));
  const parts = partsOfRefused(refused({ stopWords: ['казино'] }), members);
  expect(parts).toEqual([[members[4]], members.filter((_, n) => n !== 4)]);
  expect(
    sizes(
      refused({ stopWords: ['казино'] }),
      people(6, (n) => `казино ${n}`),
    ),
  ).toEqual([3, 3]);
  expect(sizes(refused({ stopWords: ['elsewhere'] }), members)).toEqual([3, 3]);
});

test.each<[string, SubmitResult]>([
  ['of the account', refused({ scope: 'account', pause: 'no_funds' })],
  ['of the sender name', refused({ scope: 'alphaname', pause: 'alphaname_refused' })],
  ['of the request as such', refused({ scope: 'request', reason: 'refused_request' })],
  ['that is an HTTP status', refused({ fault: 'http' })],
])('a refusal %s is not tried in parts', (_, result) => {
  expect(sizes(result, people(8))).toEqual([]);
});

test('nothing but a clear no is tried in parts: the rest may have left', () => {
  const doubt = { reason: 'answer_lost', fault: 'timeout', code: null, detail: '', leadCampaignId: null } as const;
  expect(sizes({ kind: 'in_doubt', ...doubt }, people(8))).toEqual([]);
  expect(sizes({ kind: 'unavailable', fault: 'connect', detail: '' }, people(8))).toEqual([]);
});

test('one message alone is refused for good', () => {
  expect(sizes(refused(), people(1))).toEqual([]);
});

test('every member is in one part, and however many are bad there are at most two requests per message', () => {
  const scenario = fc.record({
    bad: fc.array(fc.boolean(), { minLength: 1, maxLength: 120 }),
    named: fc.boolean(),
  });
  fc.assert(
    fc.property(scenario, ({ bad, named }) => {
      const members = people(bad.length, (n) => (bad[n] ? `bad ${n}` : `good ${n}`));
      const failed: string[] = [];
      let requests = 0;
      const send = (part: typeof members): void => {
        requests++;
        if (part.every(({ text }) => text.startsWith('good'))) return;
        const parts = partsOfRefused(refused(named ? { stopWords: ['BAD'] } : {}), part);
        if (parts.length === 0) failed.push(...part.map(({ to }) => to));
        expect(parts.flat()).toHaveLength(parts.length === 0 ? 0 : part.length);
        parts.forEach(send);
      };
      send(members);
      expect(failed.sort()).toEqual(members.flatMap(({ to }, n) => (bad[n] ? [to] : [])).sort());
      expect(requests).toBeLessThan(2 * members.length);
      const offenders = bad.filter(Boolean).length;
      expect(requests).toBeLessThanOrEqual(1 + 2 * offenders * Math.ceil(Math.log2(members.length + 1)));
    }),
  );
});
