import fc from 'fast-check';
import { splitRecipients } from '../../admin/src/lib/recipients';

test.each([
  ['one with plus', '+380671234567', ['+380671234567']],
  [
    'commas, semicolons and lines',
    '0671234567,0501112233;380991112233\n80631112233',
    ['0671234567', '0501112233', '380991112233', '80631112233'],
  ],
  ['spaces between whole numbers', '0671234567 0501112233', ['0671234567', '0501112233']],
  ['spaces inside a number', '+380 67 123 45 67', ['+380 67 123 45 67']],
  ['spaces inside several numbers', '+380 67 123 45 67 +380 50 111 22 33', ['+380 67 123 45 67', '+380 50 111 22 33']],
  ['grouped numbers without plus', '067 123 45 67 050 111 22 33', ['067 123 45 67', '050 111 22 33']],
  ['brackets and hyphens', '(067) 123-45-67 (050)1112233', ['(067) 123-45-67', '(050)1112233']],
  ['a foreign number', '+33 6 12 34 56 78, +48 600 100 200', ['+33 6 12 34 56 78', '+48 600 100 200']],
  ['a foreign number before a whole one', '+48600100200 0671234567', ['+48600100200', '0671234567']],
  ['words stay, the server names them', 'Оля 0671234567', ['Оля', '0671234567']],
  ['nothing', ' \n, ; ', []],
])('%s', (_name, typed, numbers) => {
  expect(splitRecipients(typed)).toEqual(numbers);
});

const operatorCode = fc.constantFrom('67', '50', '63', '99', '73');
const subscriber = fc.integer({ min: 0, max: 9_999_999 }).map((n) => String(n).padStart(7, '0'));
const number = fc
  .tuple(fc.constantFrom('+380', '380', '0', '80'), operatorCode, subscriber, fc.constantFrom('', ' '))
  .map(([prefix, code, rest, gap]) =>
    [prefix, code, rest.slice(0, 3), rest.slice(3, 5), rest.slice(5)].join(gap).replace(/^(0|80) /, '$1'),
  );
const separator = fc.constantFrom(' ', ', ', '\n', ';', '\t', ' , ', '\r\n');

test('any Ukrainian numbers come back, however they are grouped and separated', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, separator), { minLength: 1, maxLength: 8 }), (list) => {
      const typed = list.map(([one, gap]) => one + gap).join('');
      expect(splitRecipients(typed)).toEqual(list.map(([one]) => one));
    }),
  );
});

test('no character of a number is lost or made up', () => {
  const typed = fc.string({ unit: fc.constantFrom(...'+0123456789 ()-,;\nаb') });
  fc.assert(
    fc.property(typed, (text) => {
      const bare = (value: string) => value.replace(/[\s,;]/g, '');
      expect(bare(splitRecipients(text).join(''))).toBe(bare(text));
    }),
  );
});
