/** A decimal number without rounding: `units / 10^scale`. Money never goes through floating point. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Far beyond any money or count; keeps a hostile value from costing time. */
const PATTERN = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/;

/** Digits kept of a quotient that does not end, before it is rounded for people. */
const QUOTIENT_SCALE = 12;

/** Reads a number or a decimal text such as `"0.65"`; null for anything else (also for `"1 234,50"` and `"1e3"`). */
export function toDecimal(value: unknown): Decimal | null {
  const text = typeof value === 'number' ? plain(value) : typeof value === 'string' ? value.trim() : null;
  const match = text === null ? null : PATTERN.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: at(a, scale) + at(b, scale), scale };
}

export function negate(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** null when `b` is zero. Rounded to 12 places. */
export function divide(a: Decimal, b: Decimal): Decimal | null {
  if (b.units === 0n) return null;
  // One place more than is kept, so that `roundTo` sees the digit that decides.
  const scale = QUOTIENT_SCALE + 1;
  const units = (a.units * 10n ** BigInt(scale + b.scale)) / (b.units * 10n ** BigInt(a.scale));
  return roundTo({ units, scale }, QUOTIENT_SCALE);
}

/** Negative, zero or positive, as sorting wants it. */
export function compare(a: Decimal, b: Decimal): number {
  const difference = add(a, negate(b)).units;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** Rounds half away from zero, as money is rounded. */
export function roundTo(a: Decimal, scale: number): Decimal {
  if (a.scale <= scale) return a;
  const step = 10n ** BigInt(a.scale - scale);
  const half = a.units < 0n ? -(step / 2n) : step / 2n;
  return { units: (a.units + half) / step, scale };
}

/** Writes at least `minScale` places and no trailing zeros beyond them. */
export function format(a: Decimal, minScale = 0): string {
  const scale = Math.max(a.scale, minScale);
  const digits = at(a, scale)
    .toString()
    .replace('-', '')
    .padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale);
  const kept = fraction.slice(0, minScale) + fraction.slice(minScale).replace(/0+$/, '');
  return `${a.units < 0n ? '-' : ''}${whole}${kept === '' ? '' : `.${kept}`}`;
}

function at(a: Decimal, scale: number): bigint {
  return a.units * 10n ** BigInt(scale - a.scale);
}

function plain(value: number): string | null {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return null;
  const text = String(value);
  return text.includes('e') ? value.toFixed(20) : text;
}
