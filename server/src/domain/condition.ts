import { compare, toDecimal } from './decimal';
import { readPath } from './paths';
import { readInstant } from './zone';

export const CONDITION_OPS = [
  'eq',
  'ne',
  'in',
  'not_in',
  'gt',
  'gte',
  'lt',
  'lte',
  'empty',
  'not_empty',
  'contains',
] as const;
export type ConditionOp = (typeof CONDITION_OPS)[number];

/** A condition of a rule, as data. `all: []` holds, `any: []` does not. */
export type Condition =
  { path: string; op: ConditionOp; value?: unknown } | { all: Condition[] } | { any: Condition[] } | { not: Condition };

export interface Verdict {
  holds: boolean;
  /** The first part that does not hold, in words: its path and what was asked, never a value of the entry. */
  failed: string | null;
}

type Test = Extract<Condition, { path: string }>;

const WORDS: Record<ConditionOp, string> = {
  eq: 'does not equal the value asked for',
  ne: 'equals the value that was excluded',
  in: 'is not one of the values asked for',
  not_in: 'is one of the values that were excluded',
  gt: 'is not greater than asked for',
  gte: 'is less than asked for',
  lt: 'is not less than asked for',
  lte: 'is greater than asked for',
  empty: 'is not empty',
  not_empty: 'is empty',
  contains: 'does not contain what was asked for',
};

/**
 * Decides whether a condition holds for a snapshot of an entry. Missing and null are the same; `gt` and its like never hold
 * for values that cannot be compared.
 */
export function evaluate(condition: Condition, context: unknown): Verdict {
  if ('all' in condition) {
    for (const part of condition.all) {
      const verdict = evaluate(part, context);
      if (!verdict.holds) return verdict;
    }
    return HOLDS;
  }
  if ('any' in condition) {
    const failures: string[] = [];
    for (const part of condition.any) {
      const verdict = evaluate(part, context);
      if (verdict.holds) return HOLDS;
      if (verdict.failed !== null) failures.push(verdict.failed);
    }
    return fails(failures.length === 0 ? 'no alternative is given' : `none holds: ${failures.join('; ')}`);
  }
  if ('not' in condition) {
    return evaluate(condition.not, context).holds
      ? fails(`what was excluded holds: ${describe(condition.not)}`)
      : HOLDS;
  }
  return holds(condition, readPath(context, condition.path))
    ? HOLDS
    : fails(`${condition.path} ${WORDS[condition.op]}`);
}

/** Every path a condition reads, each once, in order of appearance: what an intent's snapshot must hold. */
export function conditionPaths(condition: Condition): string[] {
  if ('path' in condition) return [condition.path];
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition.not];
  return [...new Set(parts.flatMap(conditionPaths))];
}

const HOLDS: Verdict = { holds: true, failed: null };

function fails(failed: string): Verdict {
  return { holds: false, failed };
}

function describe(condition: Condition): string {
  if ('path' in condition) return `${condition.path} (${condition.op})`;
  if ('not' in condition) return `not ${describe(condition.not)}`;
  return 'all' in condition
    ? `(${condition.all.map(describe).join(' and ')})`
    : `(${condition.any.map(describe).join(' or ')})`;
}

function holds({ op, value }: Test, actual: unknown): boolean {
  switch (op) {
    case 'eq':
      return same(actual, value);
    case 'ne':
      return !same(actual, value);
    case 'in':
      return listOf(value).some((option) => same(actual, option));
    case 'not_in':
      return !listOf(value).some((option) => same(actual, option));
    case 'gt':
      return ordered(actual, value, (order) => order > 0);
    case 'gte':
      return ordered(actual, value, (order) => order >= 0);
    case 'lt':
      return ordered(actual, value, (order) => order < 0);
    case 'lte':
      return ordered(actual, value, (order) => order <= 0);
    case 'empty':
      return isEmpty(actual);
    case 'not_empty':
      return !isEmpty(actual);
    case 'contains':
      return Array.isArray(actual)
        ? actual.some((element) => same(element, value))
        : typeof actual === 'string' && typeof value === 'string' && actual.includes(value);
    default:
      // A misspelt condition must be seen, not silently taken for false.
      throw new TypeError(`Unknown condition op: use one of ${CONDITION_OPS.join(', ')}`);
  }
}

/**
 * Equality of stored values. A number equals a decimal text of the same worth (Strapi gives big integers and some databases
 * give decimals as text), but two texts are compared as they are: the postcodes 01001 and 1001 differ.
 */
function same(actual: unknown, value: unknown): boolean {
  const [a, b] = [scalar(actual), scalar(value)];
  if (a === b) return true;
  if (typeof a !== 'number' && typeof b !== 'number') return false;
  const [left, right] = [toDecimal(a), toDecimal(b)];
  return left !== null && right !== null && compare(left, right) === 0;
}

/** Numbers (also as text) by worth, dates by instant, other texts by code units; anything else has no order. */
function ordered(actual: unknown, value: unknown, accept: (order: number) => boolean): boolean {
  const [a, b] = [scalar(actual), scalar(value)];
  const [left, right] = [toDecimal(a), toDecimal(b)];
  if (left !== null && right !== null) return accept(compare(left, right));
  if (typeof a !== 'string' || typeof b !== 'string' || a === '' || b === '') return false;
  const [earlier, later] = [readInstant(a), readInstant(b)];
  if (earlier !== null && later !== null) return accept(earlier.toMillis() - later.toMillis());
  return accept(a < b ? -1 : a > b ? 1 : 0);
}

function scalar(value: unknown): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  return value === undefined ? null : value;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (value instanceof Date) return false;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('Condition ops in and not_in need a list as their value');
  return value;
}
