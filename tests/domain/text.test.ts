import fc from 'fast-check';
import { findUnsendable, normalizeText } from '../../server/src/domain/text';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
);

describe('normalizeText', () => {
  test.each([
    ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['\r\r\n', '\n\n'],
    ['и\u0306 i\u0308', 'й ï'],
    ['Київ', 'Київ'],
  ])('%j becomes %j', (text, normal) => {
    expect(normalizeText(text)).toBe(normal);
  });

  test('changes nothing the second time and leaves no carriage return', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const normal = normalizeText(text);
        expect(normalizeText(normal)).toBe(normal);
        expect(normal).not.toContain('\r');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('findUnsendable', () => {
  test.each(['Привіт', 'a\tb\nc', '😀', ' x ', '\u2028x', '\ufffd'])('%j can be sent', (text) => {
    expect(findUnsendable(text)).toBeNull();
  });

  test.each(['', ' ', '\n\t ', '\u00a0\u200b\u2060', '\ufeff'])('%j is empty', (text) => {
    expect(findUnsendable(text)?.reason).toBe('empty_text');
  });

  test.each([
    ['ab\u0007c', 'U+0007', 3],
    ['\u0000', 'U+0000', 1],
    ['😀\u001b', 'U+001B', 2],
    ['a\u007f', 'U+007F', 2],
    ['a\u0085', 'U+0085', 2],
    ['abc\uffff', 'U+FFFF', 4],
    ['\ufffeabc', 'U+FFFE', 1],
    ['x\ud83d', 'U+D83D', 2],
    ['x\ude00y', 'U+DE00', 2],
    ['a\rb', 'U+000D', 2],
  ])('%j is refused for %s at %i', (text, code, position) => {
    const problem = findUnsendable(text);
    expect(problem?.reason).toBe('unsendable_text');
    expect(problem?.message).toContain(`${code} at position ${position},`);
  });

  test('what passes is carried by XML 1.0 and by UTF-8 unchanged', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        if (findUnsendable(text) !== null) return;
        // Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]
        expect(text).toMatch(/^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });
});
