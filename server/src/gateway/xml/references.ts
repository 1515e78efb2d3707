import { isXmlText } from './write';

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const LAST_CODE_POINT = 0x10ffff;

/**
 * Decodes the five entities every XML document has and character references, once, from left to right. Null when an
 * ampersand starts anything else: with no document type there can be no other entity, so the document is not XML.
 */
export const decodeReferences = (text: string): string | null => {
  if (!text.includes('&')) return text;
  let wrong = false;
  const decoded = text.replace(
    /&(?:#(\d{1,9})|#x([0-9a-fA-F]{1,8})|([A-Za-z]{1,8}));|&/g,
    (_all, decimal, hex, name) => {
      const character = characterOf(decimal, hex, name);
      if (character === null) wrong = true;
      return character ?? '';
    },
  );
  return wrong ? null : decoded;
};

const characterOf = (decimal?: string, hex?: string, name?: string): string | null => {
  if (name !== undefined) return PREDEFINED.get(name) ?? null;
  const point = decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : NaN;
  // NaN fails this comparison too: it is the lone ampersand.
  if (!(point <= LAST_CODE_POINT)) return null;
  const character = String.fromCodePoint(point);
  return isXmlText(character) ? character : null;
};
