import type { Money } from '../../../shared/contracts/common';

const SCALE = 6;

/** Decimal text to whole millionths: money is never counted in floats. */
const toUnits = (amount: string): bigint => {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
  return negative ? -units : units;
};

const fromUnits = (units: bigint): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '').padEnd(2, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${fraction}`;
};

/** Sum of amounts in hryvnias; null when any of them is unknown. */
export const sumMoney = (amounts: readonly (Money | null)[]): Money | null => {
  let total = 0n;
  for (const money of amounts) {
    if (!money) return null;
    total += toUnits(money.amount);
  }
  return { amount: fromUnits(total), currency: 'UAH' };
};
