import fc from 'fast-check';
import { add, compare, divide, format, multiply, negate, roundTo, toDecimal } from '../../server/src/domain/decimal';

const decimal = (value: unknown) => {
  const read = toDecimal(value);
  if (read === null) throw new Error('not a decimal');
  return read;
};
const text = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.stringMatching(/^\d{0,8}$/))
  .map(([whole, fraction]) => (fraction === '' ? `${whole}` : `${whole}.${fraction}`));

test.each([
  ['0.65', 0, '0.65'],
  ['1.50', 0, '1.5'],
  ['1.50', 2, '1.50'],
  [' 007 ', 0, '7'],
  ['-0.5', 2, '-0.50'],
  ['-0', 0, '0'],
  [1e-7, 0, '0.0000001'],
  [1234.5, 2, '1234.50'],
])('%j written with at least %i places is %s', (value, places, written) => {
  expect(format(decimal(value), places)).toBe(written);
});

test.each([
  '',
  'x',
  '1 234',
  '1,5',
  '1.',
  '.5',
  '0x10',
  '1e5',
  '1'.repeat(40),
  NaN,
  Infinity,
  1e21,
  null,
  true,
  {},
  [],
])('%j is not a decimal', (value) => {
  expect(toDecimal(value)).toBeNull();
});

test.each([
  ['2.5', 0, '3'],
  ['-2.5', 0, '-3'],
  ['1.005', 2, '1.01'],
  ['0.004', 2, '0'],
  ['-0.004', 2, '0'],
  ['1.2', 5, '1.2'],
])('%s rounded to %i places is %s', (value, places, rounded) => {
  expect(format(roundTo(decimal(value), places))).toBe(rounded);
});

test('division', () => {
  expect(format(divide(decimal('1'), decimal('3')) ?? decimal(0))).toBe('0.333333333333');
  expect(format(divide(decimal('2'), decimal('-3')) ?? decimal(0))).toBe('-0.666666666667');
  expect(format(divide(decimal('7.5'), decimal('2.5')) ?? decimal(0))).toBe('3');
  expect(divide(decimal('1'), decimal('0.00'))).toBeNull();
});

test('arithmetic keeps its laws', () => {
  fc.assert(
    fc.property(text, text, (left, right) => {
      const [a, b] = [decimal(left), decimal(right)];
      expect(compare(add(a, negate(b)), add(negate(b), a))).toBe(0);
      expect(compare(add(add(a, b), negate(b)), a)).toBe(0);
      expect(compare(multiply(a, b), multiply(b, a))).toBe(0);
      expect(compare(a, b)).toBe(-compare(b, a) + 0);
      expect(compare(decimal(format(a)), a)).toBe(0);
    }),
  );
});
