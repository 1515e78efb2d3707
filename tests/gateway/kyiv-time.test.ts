import fc from 'fast-check';
import { fromKyivTime, toKyivTime } from '../../server/src/gateway';

test.each([
  ['2024-01-31T10:00:00Z', '2024-01-31 12:00:00'],
  ['2014-08-07T13:31:44Z', '2014-08-07 16:31:44'],
  ['2024-12-31T22:00:00Z', '2025-01-01 00:00:00'],
  ['2024-03-31T00:59:59Z', '2024-03-31 02:59:59'],
  ['2024-03-31T01:00:00Z', '2024-03-31 04:00:00'],
  ['2024-10-27T00:30:00Z', '2024-10-27 03:30:00'],
  ['2024-10-27T02:00:00Z', '2024-10-27 04:00:00'],
])('%s is %s in Kyiv, both ways', (instant, wall) => {
  expect(toKyivTime(new Date(instant))).toBe(wall);
  expect(fromKyivTime(wall)).toEqual(new Date(instant));
});

test('the repeated hour of autumn is written the same twice and read as its first run', () => {
  expect(toKyivTime(new Date('2024-10-27T01:30:00Z'))).toBe('2024-10-27 03:30:00');
  expect(fromKyivTime('2024-10-27 03:30:00')).toEqual(new Date('2024-10-27T00:30:00Z'));
});

test('the hour that spring skips is read as an hour later', () => {
  expect(fromKyivTime('2024-03-31 03:30:00')).toEqual(new Date('2024-03-31T01:30:00Z'));
});

test.each([
  null,
  undefined,
  '',
  'AUTO',
  '0000-00-00 00:00:00',
  '2024-02-30 12:00:00',
  '2024-13-01 00:00:00',
  '2024-01-31 24:00:00',
  '2024-01-31 12:60:00',
  '31.01.2024 12:00',
  '2024-01-31',
])(
  // prettier-ignore
  '%j is no time',
  (text) => expect(fromKyivTime(text)).toBeNull(),
);

test('white space around and a T between are forgiven', () => {
  expect(fromKyivTime(' 2024-01-31T12:00:00\n')).toEqual(new Date('2024-01-31T10:00:00Z'));
});

/** Last Sunday of October, when the hour from 03:00 is run twice in Kyiv; such instants cannot come back from the wire. */
const isSecondRun = (instant: Date): boolean => {
  const earlier = new Date(instant.getTime() - 3_600_000);
  return toKyivTime(earlier) === toKyivTime(instant);
};

test('every instant of this century comes back to the second, but for the second run of the repeated hour', () => {
  const seconds = fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2099, 11, 31) / 1000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const instant = new Date(second * 1000);
      const back = fromKyivTime(toKyivTime(instant));
      const expected = isSecondRun(instant) ? second * 1000 - 3_600_000 : second * 1000;
      expect(back?.getTime()).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test('around the changes of one year every quarter of an hour comes back', () => {
  for (const start of [Date.UTC(2025, 2, 29, 12), Date.UTC(2025, 9, 25, 12)]) {
    for (let quarter = 0; quarter < 96; quarter += 1) {
      const instant = new Date(start + quarter * 900_000);
      const expected = isSecondRun(instant) ? instant.getTime() - 3_600_000 : instant.getTime();
      expect(fromKyivTime(toKyivTime(instant))?.getTime()).toBe(expected);
    }
  }
});
