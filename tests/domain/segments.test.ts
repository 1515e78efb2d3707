import fc from 'fast-check';
import { measure } from '../../server/src/domain/segments';

/** Reference of our own, from 3GPP TS 23.038 section 6.2.1: the default alphabet row by row, and its extension table. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅå' +
  'Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ' +
  ' !"#¤%&\'()*+,-./' +
  '0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNO' +
  'PQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmno' +
  'pqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';

interface Reference {
  encoding: 'gsm7' | 'ucs2';
  segmentCount: number;
  remaining: number;
}

/** Fills segments character by character; a character that does not fit whole opens the next one. */
function reference(text: string): Reference {
  const characters = [...text];
  const gsm = characters.every((c) => BASIC.includes(c) || EXTENSION.includes(c));
  const sizes = characters.map((c) => (gsm ? (EXTENSION.includes(c) ? 2 : 1) : c.length));
  const [single, part] = gsm ? [160, 153] : [70, 67];
  const encoding = gsm ? 'gsm7' : 'ucs2';
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (text === '') return { encoding, segmentCount: 0, remaining: 160 };
  if (total <= single) return { encoding, segmentCount: 1, remaining: single - total };
  let segmentCount = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > part) {
      segmentCount += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, segmentCount, remaining: part - used };
}

test('the reference table is whole: 127 characters besides the escape, 10 in the extension', () => {
  expect(new Set(BASIC).size).toBe(127);
  expect(BASIC).toHaveLength(127);
  expect(EXTENSION).toHaveLength(10);
});

describe('measure', () => {
  test.each([
    ['', 'gsm7', 0, 0, 160],
    ['a', 'gsm7', 1, 1, 159],
    ['\n', 'gsm7', 1, 1, 159],
    ['a'.repeat(160), 'gsm7', 160, 1, 0],
    ['a'.repeat(161), 'gsm7', 161, 2, 145],
    ['a'.repeat(306), 'gsm7', 306, 2, 0],
    ['a'.repeat(307), 'gsm7', 307, 3, 152],
    ['€'.repeat(80), 'gsm7', 80, 1, 0],
    ['€'.repeat(81), 'gsm7', 81, 2, 143],
    [`${'a'.repeat(152)}€${'a'.repeat(10)}`, 'gsm7', 163, 2, 141],
    ['ї'.repeat(70), 'ucs2', 70, 1, 0],
    ['ї'.repeat(71), 'ucs2', 71, 2, 63],
    ['ї'.repeat(134), 'ucs2', 134, 2, 0],
    ['😀'.repeat(35), 'ucs2', 35, 1, 0],
    ['😀'.repeat(36), 'ucs2', 36, 2, 61],
    [`${'ї'.repeat(66)}😀${'ї'.repeat(5)}`, 'ucs2', 72, 2, 60],
    ['\t', 'ucs2', 1, 1, 69],
  ])('%j', (text, encoding, characters, segmentCount, remaining) => {
    expect(measure(text)).toMatchObject({ encoding, characters, segmentCount, remaining });
  });

  test('names each character that forces UCS-2 once, in order', () => {
    expect(measure('Ціна “5” грн, № 7 — ціна “6”').ucs2Characters.slice(0, 6)).toEqual(['Ц', 'і', 'н', 'а', '“', '”']);
    expect(measure('Hello it’s “me” 😀’').ucs2Characters).toEqual(['’', '“', '”', '😀']);
    expect(measure('Hello {€}\n').ucs2Characters).toEqual([]);
  });

  const gsmCharacter = fc.constantFrom(...BASIC, ...EXTENSION);
  const frequentlyDouble = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...EXTENSION) },
    { weight: 5, arbitrary: gsmCharacter },
  );
  const wide = fc.oneof(fc.constantFrom(...'ґєії’№₴—абвгд'), fc.constantFrom('😀', '🇺', '𝒳', '👍'), gsmCharacter);
  const nearBoundary = fc.constantFrom(0, 1, 60, 66, 67, 69, 70, 133, 134, 151, 152, 153, 159, 160, 305, 306, 459);
  const text = fc
    .tuple(
      nearBoundary,
      fc.constantFrom('a', 'ї'),
      fc.oneof(fc.array(frequentlyDouble, { maxLength: 20 }), fc.array(wide, { maxLength: 200 })),
    )
    .map(([length, filler, tail]) => filler.repeat(length) + tail.join(''));

  test('agrees with the reference on 20 000 random texts', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          { weight: 4, arbitrary: text },
          { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
        ),
        (sample) => {
          expect(measure(sample)).toMatchObject(reference(sample));
        },
      ),
      { numRuns: 20_000 },
    );
  }, 120_000);

  test('lists exactly the characters outside the reference table', () => {
    fc.assert(
      fc.property(text, (sample) => {
        const outside = [...new Set(sample)].filter((c) => !BASIC.includes(c) && !EXTENSION.includes(c));
        expect(measure(sample).ucs2Characters).toEqual(outside);
      }),
      { numRuns: 2000 },
    );
  });

  test('half a surrogate pair neither throws nor swallows its neighbour', () => {
    expect(measure('\ud83da')).toMatchObject({ encoding: 'ucs2', characters: 2, segmentCount: 1, remaining: 68 });
  });
});
