/**
 * Finds which of the numbers asked for an answer speaks of. Answers have shown numbers with a plus and in the national
 * forms `0XXXXXXXXX` and `80XXXXXXXXX` of Ukraine besides the international one.
 *
 * @returns the number as asked, or the cleaned number of the answer when nobody asked for it
 */
export const sameNumber = (answered: string, asked: { has(number: string): boolean }): string => {
  const digits = answered.replace(/[\s+()-]/g, '');
  if (asked.has(digits)) return digits;
  const international = digits.replace(/^8?0(?=\d{9}$)/, '380');
  return asked.has(international) ? international : digits;
};
