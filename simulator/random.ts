/** A repeatable source of numbers in [0, 1). */
export type Random = () => number;

/** Gives every purpose a stream of its own, so that asking for one kind of chance does not shift another. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
};

/** mulberry32: small, fast and the same on every platform; nothing here needs secrecy. */
export const seededRandom = (seed: number, purpose: string): Random => {
  let state = hash(`${purpose}:${String(seed)}`);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
