import fc from 'fast-check';
import { formatPhone, maskPhone, parsePhoneNumber } from '../../server/src/domain/phone-number';
import { MASK } from '../../shared/vocabulary';

const UA = '380671234567';

describe('parsePhoneNumber', () => {
  test.each([
    ['0671234567', UA],
    ['671234567', UA],
    ['380671234567', UA],
    ['+380671234567', UA],
    ['00380671234567', UA],
    ['80671234567', UA],
    ['8 (067) 123-45-67', UA],
    ['(067) 123-45-67', UA],
    ['067.123.45.67', UA],
    ['+38 (067) 123 45 67', UA],
    ['38 067 123 45 67', UA],
    ['+380 (0)67 123-45-67', UA],
    ['tel:+380671234567', UA],
    ['TEL:0671234567', UA],
    ['  0671234567\n', UA],
    ['\u200e\u202d+380671234567\u202c', UA],
    ['067\u00a0123\u00a045\u00a067', UA],
    ['０６７１２３４５６７', UA],
    ['٠٦٧١٢٣٤٥٦٧', UA],
    ['+48 501 234 567', '48501234567'],
    ['+1 202-555-0123', '12025550123'],
    ['0048501234567', '48501234567'],
  ])('%j is %s', (input, msisdn) => {
    expect(parsePhoneNumber(input)).toEqual({ ok: true, msisdn });
  });

  test.each([
    ['', /empty/],
    [' \u200b ', /empty/],
    ['tel:', /empty/],
    ['112', /too few digits/],
    ['06712345678901', /too many digits/],
    ['067123456', /does not exist/],
    ['0001234567', /does not exist|country code/],
    ['+999123456789', /country code/],
    ['Олена 0671234567', /besides a number/],
    ['0671234567, 0501234567', /besides a number/],
    ['067-ABC-4567', /besides a number/],
    ['0671234567 ext 5', /extension/],
    ['tel:+380671234567;ext=5', /extension/],
    ['0441234567', /not a mobile/],
    ['0800500500', /not a mobile/],
    ['80441234567', /too many digits/],
    ['48501234567', /country code/],
    ['0'.repeat(100_000), /too long/],
  ])('refuses %j', (input, message) => {
    expect(parsePhoneNumber(input)).toEqual({
      ok: false,
      reason: 'bad_phone',
      message: expect.stringMatching(message),
    });
  });

  test('reads bare digits as numbers of the default country', () => {
    expect(parsePhoneNumber('501234567', 'PL')).toEqual({ ok: true, msisdn: '48501234567' });
    expect(parsePhoneNumber('80671234567', 'PL').ok).toBe(false);
  });

  const subscriber = fc
    .tuple(
      fc.constantFrom('50', '63', '66', '67', '68', '73', '93', '95', '96', '97', '98', '99'),
      fc.stringMatching(/^\d{7}$/),
    )
    .map((parts) => parts.join(''));

  test('every spelling of a Ukrainian mobile gives the same digits, and those give themselves', () => {
    const spelling = fc.constantFrom('0', '80', '380', '+380', '00380', 'tel:+380', '+38 (0', '');
    const separator = fc.constantFrom('', ' ', '-', '\u00a0', '.');
    fc.assert(
      fc.property(subscriber, spelling, separator, (digits, prefix, gap) => {
        const closed = prefix.endsWith('(0') ? ')' : '';
        const written = `${prefix}${digits.slice(0, 2)}${closed}${gap}${digits.slice(2, 5)}${gap}${digits.slice(5)}`;
        const parsed = parsePhoneNumber(written);
        expect(parsed).toEqual({ ok: true, msisdn: `380${digits}` });
        expect(parsePhoneNumber(`380${digits}`)).toEqual(parsed);
      }),
      { numRuns: 500 },
    );
  });

  test('never throws, gives digits only, and never repeats the number', () => {
    const input = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.stringMatching(/^[+0-9 ()x;.-]{0,40}$/),
      fc.stringMatching(/^\d{5,20}$/),
    );
    fc.assert(
      fc.property(input, (text) => {
        const result = parsePhoneNumber(text);
        if (result.ok) expect(result.msisdn).toMatch(/^[1-9]\d{6,14}$/);
        else expect(result.message.replace('+380', '')).not.toMatch(/\d/);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('maskPhone', () => {
  test.each([
    [UA, `380${MASK}67`],
    ['+380 67 123 45 67', `380${MASK}67`],
    ['48501234567', `485${MASK}67`],
    ['1234567', MASK],
    ['', MASK],
    ['Олена', MASK],
  ])('%j is shown as %s', (value, shown) => {
    expect(maskPhone(value)).toBe(shown);
  });

  test('at least three digits of a number stay hidden', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,15}$/), (digits) => {
        expect(maskPhone(digits).replace(/\D/g, '').length).toBeLessThanOrEqual(Math.max(0, digits.length - 3));
      }),
    );
  });
});

test('formatPhone prints a number for people and leaves anything else alone', () => {
  expect(formatPhone(UA)).toBe('+380 67 123 4567');
  expect(formatPhone('0800500500')).toBe('+380 800 500 500');
  expect(formatPhone('112')).toBe('112');
  expect(formatPhone('питайте менеджера')).toBe('питайте менеджера');
});
