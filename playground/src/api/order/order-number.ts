import { randomInt } from 'node:crypto';

/** No 0, 1, I or O: a customer reads the number aloud. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** An order number such as `260131-7KQ4R`: the UTC date, then five random characters (33 million a day). */
export const newOrderNumber = (now: Date = new Date()): string => {
  const day = now.toISOString().slice(2, 10).replaceAll('-', '');
  const tail = Array.from({ length: 5 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return `${day}-${tail}`;
};
