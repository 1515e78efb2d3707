export type TextProblem = { reason: 'unsendable_text' | 'empty_text'; message: string };

/**
 * What XML 1.0 cannot carry, and what no handset shows: control characters (tab and line feed are fine), U+FFFE and U+FFFF,
 * halves of a surrogate pair.
 */
const UNSENDABLE = /(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]|\p{Surrogate}/u;

/** Nothing here leaves a mark on a screen. */
const BLANK = /^[\p{White_Space}\p{Cf}]*$/u;

/**
 * The one form in which a text is counted, stored and sent: composed characters (NFC: `й` is one character, not two) and
 * bare line feeds (an XML reader would turn CRLF into LF and the count would no longer be true).
 */
export function normalizeText(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC');
}

/**
 * Finds why a normalised text cannot be sent; null when it can. Names the code point and its place (in characters, from 1),
 * never the text.
 */
export function findUnsendable(text: string): TextProblem | null {
  if (BLANK.test(text)) return { reason: 'empty_text', message: 'Text is empty: write at least one visible character' };
  const found = UNSENDABLE.exec(text);
  if (found === null) return null;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const position = [...text.slice(0, found.index)].length + 1;
  return {
    reason: 'unsendable_text',
    message: `Text has the character U+${code} at position ${position}, which SMS cannot carry: remove it`,
  };
}
