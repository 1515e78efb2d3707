import { filters as liquidFilters, type FilterImplOptions } from 'liquidjs';
import { add, divide, format, multiply, negate, roundTo, toDecimal, type Decimal } from '../decimal';
import { formatPhone } from '../phone-number';
import { formatDate } from './date';
import { templateError } from './problem';
import { transliterate } from './translit';

export interface FilterSpec {
  /** Fewest and most arguments: LiquidJS takes any number and ignores the rest. */
  readonly args: readonly [min: number, max: number];
  readonly handler: FilterImplOptions;
}

/** Every filter a template may use; all others are unknown to the engine. Escaping ones are out: an SMS is not HTML. */
export const FILTERS: Readonly<Record<string, FilterSpec>> = {
  default: fromLiquid('default', [1, 1]),
  upcase: fromLiquid('upcase', [0, 0]),
  downcase: fromLiquid('downcase', [0, 0]),
  capitalize: fromLiquid('capitalize', [0, 0]),
  truncate: fromLiquid('truncate', [1, 2]),
  strip: fromLiquid('strip', [0, 0]),
  replace: fromLiquid('replace', [2, 2]),
  remove: fromLiquid('remove', [1, 1]),
  append: fromLiquid('append', [1, 1]),
  prepend: fromLiquid('prepend', [1, 1]),
  split: fromLiquid('split', [1, 1]),
  slice: fromLiquid('slice', [1, 2]),
  size: fromLiquid('size', [0, 0]),
  first: fromLiquid('first', [0, 0]),
  last: fromLiquid('last', [0, 0]),
  join: own([0, 1], (list, separator = ', ') => joined(list, separator)),
  plus: arithmetic('plus', add),
  minus: arithmetic('minus', (a, b) => add(a, negate(b))),
  times: arithmetic('times', multiply),
  divided_by: arithmetic('divided_by', (a, b) => {
    const quotient = divide(a, b);
    if (quotient === null) throw templateError('Filter divided_by divides by zero: check the divisor first');
    return quotient;
  }),
  round: own([0, 1], (value, places = 0) => asNumber(roundTo(number('round', value), wholePlaces(places)))),
  money: own([0, 0], (value) => format(roundTo(number('money', value), 2), 2)),
  date: own([0, 1], (value, pattern) => formatDate(value, pattern)),
  phone: own([0, 0], (value) => formatPhone(String(value))),
  translit: own([0, 0], (value) => transliterate(String(value))),
};

function fromLiquid(name: string, args: FilterSpec['args']): FilterSpec {
  const handler = liquidFilters[name];
  if (handler === undefined) throw new Error(`LiquidJS no longer has the filter ${name}`);
  return { args, handler };
}

/** In a condition a missing value reaches filters, and must stay missing. */
function own(args: FilterSpec['args'], handler: (value: unknown, ...args: unknown[]) => unknown): FilterSpec {
  return {
    args,
    handler: (value: unknown, ...rest: unknown[]) =>
      value === undefined || value === null || value === '' ? null : handler(value, ...rest),
  };
}

function arithmetic(name: string, operation: (a: Decimal, b: Decimal) => Decimal): FilterSpec {
  return own([1, 1], (value, operand) => asNumber(operation(number(name, value), number(name, operand))));
}

/** LiquidJS takes what is not a number for zero; a wrong price in an SMS is worse than no SMS. */
function number(filter: string, value: unknown): Decimal {
  const decimal = toDecimal(value);
  if (decimal === null)
    throw templateError(`Filter ${filter} was given something that is not a number such as 1234.50`);
  return decimal;
}

function asNumber(value: Decimal): number {
  return Number(format(value));
}

function wholePlaces(places: unknown): number {
  if (typeof places === 'number' && Number.isInteger(places) && places >= 0 && places <= 10) return places;
  throw templateError('Filter round takes a number of places from 0 to 10');
}

function joined(list: unknown, separator: unknown): string {
  if (!Array.isArray(list)) return String(list);
  const elements = list.filter((element) => element !== null && element !== undefined && element !== '');
  if (elements.some((element) => typeof element === 'object')) {
    throw templateError('Filter join was given a list of objects: print their fields in a for loop');
  }
  return elements.map(String).join(String(separator));
}
