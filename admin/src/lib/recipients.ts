/** Lengths of Ukrainian numbers by their first digits. */
const LENGTHS: readonly (readonly [prefix: string, length: number])[] = [
  ['380', 12],
  ['80', 11],
  ['0', 10],
];
/** A national number without its leading zero; a word of this length is a number of its own. */
const SHORTEST_WHOLE = 9;
/** E.164: no number in the world is longer. */
const LONGEST = 15;

const digitsOf = (text: string): string => text.replace(/\D/g, '');
const looksLikeNumber = (text: string): boolean => /^[+\d()\-. ]+$/.test(text);

const wholeLength = (number: string, digits: string): number => {
  const known = LENGTHS.find(([prefix]) => digits.startsWith(prefix));
  if (known) return known[1];
  return number.startsWith('+') ? LONGEST : SHORTEST_WHOLE;
};

/** Whether the next word belongs to a number that is still too short. */
const goesOn = (number: string, word: string): boolean => {
  if (!looksLikeNumber(number) || !looksLikeNumber(word) || word.startsWith('+')) return false;
  const digits = digitsOf(number);
  const more = digitsOf(word).length;
  return more < SHORTEST_WHOLE && digits.length + more <= LONGEST && digits.length < wholeLength(number, digits);
};

/** People separate numbers by spaces and also group the digits of one number by them. */
const splitBySpaces = (piece: string): string[] => {
  const numbers: string[] = [];
  for (const word of piece.split(/\s+/).filter(Boolean)) {
    const current = numbers[numbers.length - 1];
    if (current !== undefined && goesOn(current, word)) numbers[numbers.length - 1] = `${current} ${word}`;
    else numbers.push(word);
  }
  return numbers;
};

/**
 * Numbers typed or pasted by a person: separated by commas, semicolons, new lines, tabs or spaces, with the usual grouping of
 * digits ("+380 67 123 45 67") kept together. Nothing is dropped: what is not a number is for the server to name.
 */
export const splitRecipients = (typed: string): string[] => typed.split(/[,;\n\r\t]+/).flatMap(splitBySpaces);
