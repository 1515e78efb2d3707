import fc from 'fast-check';
import { checkAlphaname } from '../../server/src/domain/alphaname';

describe('checkAlphaname', () => {
  test.each(['MyShop', 'Rozetka', 'Nova24', 'ABC', 'a1b2c3d4e5f'])('takes %s without doubts', (name) => {
    expect(checkAlphaname(name)).toEqual({ ok: true, warnings: [] });
  });

  test.each([
    ['', /empty/],
    ['   ', /empty/],
    ['TwelveLetter', /12 characters/],
    ['Магазин', /Latin/],
    ['Shоp', /Latin/], // the "о" is Cyrillic
    ['Shop\n', /Latin/],
    ['Shop\u007f', /Latin/],
    ['Café', /Latin/],
  ])('refuses %j', (name, message) => {
    expect(checkAlphaname(name)).toEqual({
      ok: false,
      reason: 'bad_alphaname',
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['ab', [/shorter than 3/]],
    ['380671234567'.slice(0, 11), [/phone or short number/]],
    ['+3806712345', [/phone or short number/, /punctuation/]],
    ['4-32', [/phone or short number/, /punctuation/]],
    ['My Shop', [/punctuation/]],
    ['Kyivstar', [/mobile operator/]],
    ['LIFE:)', [/punctuation/, /mobile operator/]],
    ['INFO', [/generic/]],
    ['sms', [/generic/]],
  ])('takes %j with a warning', (name, warnings) => {
    expect(checkAlphaname(name)).toEqual({ ok: true, warnings: warnings.map((text) => expect.stringMatching(text)) });
  });

  test('takes exactly 1 to 11 printable ASCII characters, not all spaces', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 14 }), fc.string({ maxLength: 14 })), (name) => {
        const fits = [...name].every((c) => c >= ' ' && c <= '~') && name.length <= 11 && name.trim() !== '';
        expect(checkAlphaname(name).ok).toBe(fits);
      }),
      { numRuns: 1000 },
    );
  });
});
