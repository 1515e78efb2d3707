/** Refusal of something given to the simulator's control API or options; the message names the field and the cure. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Reads one value or throws InputError; `field` is the path shown to the caller. */
export type Read<T> = (value: unknown, field: string) => T;

const refuse = (field: string, cure: string): never => {
  throw new InputError(`${field}: ${cure}.`);
};

export const readText: Read<string> = (value, field) =>
  typeof value === 'string' ? value : refuse(field, 'write a string');

export const readFlag: Read<boolean> = (value, field) =>
  typeof value === 'boolean' ? value : refuse(field, 'write true or false');

export const readNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER): Read<number> =>
  (value, field) =>
    typeof value === 'number' && value >= least && value <= most
      ? value
      : refuse(field, `write a number from ${String(least)} to ${String(most)}`);

export const readWhole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Read<number> =>
  (value, field) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? Number(value)
      : refuse(field, `write a whole number from ${String(least)} to ${String(most)}`);

export const readOneOf =
  <T extends string>(allowed: readonly T[]): Read<T> =>
  (value, field) =>
    allowed.find((candidate) => candidate === value) ?? refuse(field, `write one of ${allowed.join(', ')}`);

export const readNullable =
  <T>(read: Read<T>): Read<T | null> =>
  (value, field) =>
    value === null ? null : read(value, field);

export const readList =
  <T>(read: Read<T>): Read<T[]> =>
  (value, field) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => read(item, `${field}[${String(index)}]`))
      : refuse(field, 'write a list');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries of an object whose keys all are known. */
const entriesOf = <K extends string>(value: unknown, field: string, known: readonly K[]): [K, unknown][] => {
  if (!isObject(value)) return refuse(field, 'write an object');
  return Object.entries(value).map(([key, item]) => {
    const name = known.find((candidate) => candidate === key);
    return name === undefined ? refuse(`${field}.${key}`, `unknown; known are ${known.join(', ')}`) : [name, item];
  });
};

type Readers<T> = { readonly [K in keyof T]-?: Read<Exclude<T[K], undefined>> };

/** Reads some of the fields of an object; absent ones stay absent, unknown ones are refused. */
export const readPartial = <T extends object>(readers: Readers<T>): Read<Partial<T>> => {
  // Object.keys forgets the key type; the readers were just required to have exactly the keys of T.
  const known = Object.keys(readers) as (keyof T & string)[];
  return (value, field) => {
    const result: Partial<T> = {};
    for (const [key, item] of entriesOf(value, field, known)) result[key] = readers[key](item, `${field}.${key}`);
    return result;
  };
};

/** Reads an object that must have every field. */
export const readWholeObject = <T extends object>(readers: Readers<T>): Read<T> => {
  const partial = readPartial(readers);
  return (value, field) => {
    const result = partial(value, field);
    for (const key of Object.keys(readers)) if (!(key in result)) refuse(`${field}.${key}`, 'missing');
    // Every key of T was read above, or the line before has thrown.
    return result as T;
  };
};

/** Reads `{ KEY: share }`. */
export const readShares =
  <K extends string>(keys: readonly K[]): Read<Partial<Record<K, number>>> =>
  (value, field) => {
    const result: Partial<Record<K, number>> = {};
    for (const [key, share] of entriesOf(value, field, keys)) result[key] = readNumber(0, 1)(share, `${field}.${key}`);
    return result;
  };
