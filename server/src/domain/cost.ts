import { format, multiply, toDecimal } from './decimal';

/**
 * Price of a send in hryvnias: segments times the price of one, exact, with at least two decimals. null when no price is
 * configured (the protocol offers no tariff). Throws on a price or count that configuration should have refused.
 */
export function estimateCost(
  segmentCountTotal: number,
  pricePerSegment: string | null,
): { amount: string; currency: 'UAH' } | null {
  if (pricePerSegment === null) return null;
  const price = toDecimal(pricePerSegment);
  if (price === null || price.units < 0n) {
    throw new RangeError('pricePerSegment must be a decimal number not below zero, such as "0.65"');
  }
  if (!Number.isSafeInteger(segmentCountTotal) || segmentCountTotal < 0) {
    throw new RangeError('segmentCountTotal must be a whole number not below zero');
  }
  const count = { units: BigInt(segmentCountTotal), scale: 0 };
  return { amount: format(multiply(price, count), 2), currency: 'UAH' };
}
