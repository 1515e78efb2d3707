import fc from 'fast-check';
import { estimateCost } from '../../server/src/domain/cost';

describe('estimateCost', () => {
  test.each([
    [0, '0.65', '0.00'],
    [1, '0.65', '0.65'],
    [3, '0.1', '0.30'],
    [3, '0.655', '1.965'],
    [2, '0.655', '1.31'],
    [1, '1', '1.00'],
    [100_000, '0.6543', '65430.00'],
    [9_007_199_254_740_991, '0.01', '90071992547409.91'],
  ])('%i segments at %s cost %s', (count, price, amount) => {
    expect(estimateCost(count, price)).toEqual({ amount, currency: 'UAH' });
  });

  test('no price, no cost', () => {
    expect(estimateCost(5, null)).toBeNull();
  });

  test.each(['', 'free', '-1', '1e3', '0,65', 'NaN'])('throws on the price %j', (price) => {
    expect(() => estimateCost(1, price)).toThrow(/pricePerSegment/);
  });

  test.each([-1, 1.5, Number.NaN, Infinity])('throws on %d segments', (count) => {
    expect(() => estimateCost(count, '1')).toThrow(/segmentCountTotal/);
  });

  test('is exact: the same as counting in hundredths of a kopiika', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (count, tenThousandths) => {
        const price = `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`;
        const amount = estimateCost(count, price)?.amount ?? '';
        const [whole = '', fraction = ''] = amount.split('.');
        expect(BigInt(whole + fraction.padEnd(4, '0'))).toBe(BigInt(count) * BigInt(tenThousandths));
        expect(amount).toMatch(/^\d+\.\d{2,4}$/);
      }),
    );
  });
});
