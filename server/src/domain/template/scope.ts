import { Context, Drop, type Liquid } from 'liquidjs';
import { readOwn, readPath } from '../paths';
import { templateError } from './problem';

/** Nodes rendered in one text. Ten segments need a few hundred; nested loops over a long list need millions. */
const MAX_STEPS = 20_000;

/** Values copied from an entry, and how deep: an order has tens of lines, and a cycle has no end. */
const MAX_VALUES = 20_000;
const MAX_DEPTH = 8;

/** What Liquid tells about a loop; nothing else of its helper object can be reached. */
const FORLOOP_KEYS = new Set(['index', 'index0', 'rindex', 'rindex0', 'first', 'last', 'length']);

/**
 * What one rendering can see: data and nothing but data. Liquid's own context calls functions it finds, answers `size`,
 * `first` and `last` for fields that are absent (an order without `size` would print the number of its fields), and reads the
 * clock to enforce its limit; this one does none of that, and counts steps instead of milliseconds.
 */
export class DataContext extends Context {
  private steps = 0;

  constructor(scope: object, engine: Liquid) {
    super(scope, engine.options, { sync: true }, { liquid: engine });
    this.renderLimit.check = () => {
      this.steps += 1;
      if (this.steps > MAX_STEPS) throw templateError('Template repeats too often: shorten its loops');
    };
  }

  override readProperty(owner: unknown, key: unknown): unknown {
    if (typeof key !== 'string' && typeof key !== 'number') return undefined;
    if (owner instanceof Drop) {
      return FORLOOP_KEYS.has(String(key)) ? super.readProperty(owner, key) : undefined;
    }
    return readOwn(owner, key);
  }
}

/**
 * Copies out of an entry exactly the paths a template reads, so that a text depends on nothing else. Copies are bare data
 * without prototypes: no getter, iterator, `toString` or other code of the entry ever runs inside the engine.
 */
export function pickScope(context: Readonly<Record<string, unknown>>, paths: readonly string[]): object {
  const scope = emptyObject();
  const budget = { left: MAX_VALUES };
  // Shorter first: a list that is read whole already holds what a longer path names in it.
  for (const path of [...paths].sort((a, b) => a.length - b.length)) {
    const value = toData(readPath(context, path), MAX_DEPTH, budget);
    if (value !== undefined && !paths.some((shorter) => path.startsWith(`${shorter}.`))) put(scope, path, value);
  }
  return scope;
}

function put(scope: Record<string, unknown>, path: string, value: unknown): void {
  const segments = path.split('.');
  const last = segments.pop() ?? path;
  let owner = scope;
  for (const segment of segments) {
    const next = owner[segment];
    const child = isBranch(next) ? next : emptyObject();
    owner[segment] = child;
    owner = child;
  }
  owner[last] = value;
}

function toData(value: unknown, depth: number, budget: { left: number }): unknown {
  budget.left -= 1;
  if (budget.left < 0)
    throw templateError('Entry is too large for a template: name single fields instead of whole lists');
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return value.toString();
    case 'object':
      return value === null ? null : objectToData(value, depth, budget);
    default:
      return undefined;
  }
}

function objectToData(value: object, depth: number, budget: { left: number }): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return value.map((element) => toData(element, depth - 1, budget) ?? null);
  // Class instances (buffers, streams, promises) are no data; a plain object's prototype has none of its own.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return undefined;
  const copy = emptyObject();
  for (const key of Object.keys(value)) {
    const data = toData(readOwn(value, key), depth - 1, budget);
    if (data !== undefined) copy[key] = data;
  }
  return copy;
}

function emptyObject(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>; // TypeScript types this call as `any`
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
