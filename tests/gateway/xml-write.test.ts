import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { isXmlText, writeXml } from '../../server/src/gateway/xml/write';
import { readXml } from '../../server/src/gateway/xml/read';

/** Reads a document with an independent strict parser. */
const independentlyRead = (document: string): { text: string; attribute: string | undefined } => {
  let text = '';
  let attribute: string | undefined;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (chunk) => (text += chunk));
  parser.on('opentag', (tag) => (attribute = tag.attributes['value'] ?? attribute));
  parser.write(document).close();
  return { text, attribute };
};

/** Strings made of what breaks writers: markup, things that look like entities, blanks of all kinds, any code point. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '&',
        '<',
        '>',
        '"',
        "'",
        ']]>',
        '&amp;',
        '&lt;',
        '&#1058;',
        '&#0;',
        '&foo;',
        'Q&A;now',
        'AT&T; 5',
      ),
      fc.constantFrom('\t', '\n', '\r', '\r\n', ' ', '\u0085', '\u2028', '\ufeff', '<!--', '<![CDATA[', '@', '#', '$'),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** XML 1.0, production [2] Char, by code points and so unlike the expression under test. */
const isChar = (point: number): boolean =>
  point === 0x9 ||
  point === 0xa ||
  point === 0xd ||
  (point >= 0x20 && point <= 0xd7ff) ||
  (point >= 0xe000 && point <= 0xfffd) ||
  (point >= 0x10000 && point <= 0x10ffff);

const carriable = (text: string): boolean =>
  Array.from(text).every((character) => isChar(character.codePointAt(0) ?? 0));

test('a strict parser reads back exactly the text that was written, in elements and in attributes', () => {
  fc.assert(
    fc.property(nasty.filter(carriable), (text) => {
      const document = writeXml({ name: 'a', attributes: { value: text }, text });
      expect(independentlyRead(document)).toEqual({ text, attribute: text });
      const own = readXml(document);
      expect([own.text, own.attributes.get('value')]).toEqual([text, text]);
    }),
    { numRuns: 1500 },
  );
});

test('exactly what XML 1.0 cannot carry is refused, without quoting it', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const write = (): string => writeXml({ name: 'a', children: [{ name: 'b', text }] });
      if (carriable(text)) expect(write()).toContain('<a>');
      else expect(write).toThrow(new RangeError('b holds a character that XML cannot carry'));
    }),
    { numRuns: 1500 },
  );
});

test('every code unit on its own is judged as XML 1.0 judges it', () => {
  for (let unit = 0; unit <= 0xffff; unit += 1) {
    const wrong = isXmlText(String.fromCharCode(unit)) !== isChar(unit);
    if (wrong) throw new Error(`U+${unit.toString(16)}`);
  }
  expect(isXmlText('😀\u{1FFFE}\u{10FFFF}')).toBe(true);
});

test('children keep their order', () => {
  const document = writeXml({
    name: 'a',
    children: [{ name: 'b', text: '1' }, { name: 'c' }, { name: 'b', text: '2' }],
  });
  expect(document).toBe('<?xml version="1.0" encoding="utf-8"?><a><b>1</b><c/><b>2</b></a>');
});
