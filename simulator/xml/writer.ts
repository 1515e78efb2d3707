const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Character data and attribute values in double quotes. */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (found) => ESCAPES.get(found) ?? found);

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/** A reply as the gateway writes it: one element a line, no byte order mark. */
export const document = (root: string, lines: readonly string[]): string =>
  [DECLARATION, `<${root}>`, ...lines, `</${root}>`].join('\n');

/** Attributes in the given order: some clients cut replies with regular expressions. */
export const attributes = (pairs: readonly (readonly [string, string | number])[]): string =>
  pairs.map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`).join('');
