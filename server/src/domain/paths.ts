/**
 * Reads a dotted path such as `before.state` or `items.0.name` from plain data: own properties of objects and elements of
 * lists, nothing inherited and nothing of strings (`constructor`, `__proto__`, `length` are simply absent). Missing anywhere
 * on the way: undefined.
 */
export function readPath(context: unknown, path: string): unknown {
  let value = context;
  for (const segment of path.split('.')) {
    value = readOwn(value, segment);
    if (value === undefined) return undefined;
  }
  return value;
}

/** One step of `readPath`. A list has no named properties, so its `length` stays out of reach. */
export function readOwn(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  if (Array.isArray(value) && !/^\d+$/.test(String(key))) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'function' ? undefined : found;
}
