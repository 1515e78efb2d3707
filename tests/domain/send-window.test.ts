import fc from 'fast-check';
import { nextAllowed, parseSendWindow, type Day, type SendWindow } from '../../server/src/domain/send-window';

const MINUTE = 60_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function windowOf(input: unknown): SendWindow {
  const parsed = parseSendWindow(input);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.window;
}

const every = (from: string, to: string) =>
  windowOf({ days: Object.fromEntries(DAYS.map((day) => [day, [from, to]])) });
const next = (at: string, window: SendWindow) => new Date(nextAllowed(Date.parse(at), window)).toISOString();

/** Independent of the code: the wall clock as Intl shows it. */
function openByTheWall(at: number, window: SendWindow): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: window.timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  const span = window.days[part('weekday').toLowerCase() as Day];
  const wall = `${part('hour')}:${part('minute')}`;
  return span !== null && span !== undefined && wall >= span[0] && wall < span[1];
}

describe('parseSendWindow', () => {
  test('fills in the zone and keeps open days only', () => {
    expect(parseSendWindow({ days: { mon: ['09:00', '20:00'], sun: null } })).toEqual({
      ok: true,
      window: { timeZone: 'Europe/Kyiv', days: { mon: ['09:00', '20:00'] } },
    });
  });

  test.each([
    [{ days: {} }, /at least one day/],
    [{ days: { mon: null, sun: null } }, /at least one day/],
    [{ days: { mon: ['20:00', '09:00'] } }, /sendWindow\.days\.mon.*open before it closes/],
    [{ days: { mon: ['09:00', '09:00'] } }, /open before it closes/],
    [{ days: { mon: ['9:00', '20:00'] } }, /sendWindow\.days\.mon\.0.*09:00/],
    [{ days: { mon: ['09:00', '24:01'] } }, /must be a time/],
    [{ days: { mon: ['09:00'] } }, /sendWindow\.days\.mon/],
    [{ days: { monday: ['09:00', '20:00'] } }, /monday/],
    [{ timeZone: 'Kyiv', days: { mon: ['09:00', '20:00'] } }, /sendWindow\.timeZone.*Europe\/Kyiv/],
    [{}, /sendWindow\.days/],
    [null, /sendWindow/],
    ['09:00-20:00', /sendWindow/],
  ])('refuses %j', (input, message) => {
    expect(parseSendWindow(input)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });
});

describe('nextAllowed', () => {
  const office = windowOf({
    days: { mon: ['09:00', '20:00'], tue: ['09:00', '20:00'], fri: ['09:00', '20:00'], sat: ['11:00', '17:00'] },
  });

  test.each([
    ['inside', '2026-01-12T10:00:00.000Z', '2026-01-12T10:00:00.000Z'],
    ['the first instant', '2026-01-12T07:00:00.000Z', '2026-01-12T07:00:00.000Z'],
    ['just before it', '2026-01-12T06:59:59.999Z', '2026-01-12T07:00:00.000Z'],
    ['the last instant', '2026-01-12T17:59:59.999Z', '2026-01-12T17:59:59.999Z'],
    ['closing time', '2026-01-12T18:00:00.000Z', '2026-01-13T07:00:00.000Z'],
    ['over closed days', '2026-01-13T18:00:00.000Z', '2026-01-16T07:00:00.000Z'],
    ['over a weekend', '2026-01-17T15:00:00.000Z', '2026-01-19T07:00:00.000Z'],
    ['after midnight in Kyiv, before it in UTC', '2026-01-15T22:30:00.000Z', '2026-01-16T07:00:00.000Z'],
    ['in summer', '2026-07-13T05:00:00.000Z', '2026-07-13T06:00:00.000Z'],
  ])('%s', (_name, at, expected) => {
    expect(next(at, office)).toBe(expected);
  });

  test('no window allows any time', () => {
    expect(nextAllowed(12345, null)).toBe(12345);
  });

  test('24:00 is the end of a day: the window never closes', () => {
    const always = every('00:00', '24:00');
    expect(next('2026-03-29T00:59:59.999Z', always)).toBe('2026-03-29T00:59:59.999Z');
    expect(next('2026-01-12T22:00:00.000Z', always)).toBe('2026-01-12T22:00:00.000Z');
  });

  // Kyiv, 29 March 2026: 02:59:59 is followed by 04:00:00 (01:00 UTC).
  test.each([
    ['09:00', '20:00', '2026-03-28T20:00:00Z', '2026-03-29T06:00:00.000Z'],
    ['03:30', '12:00', '2026-03-28T20:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['01:00', '03:30', '2026-03-29T01:00:00Z', '2026-03-29T22:00:00.000Z'],
    ['03:10', '03:50', '2026-03-28T20:00:00Z', '2026-03-30T00:10:00.000Z'],
  ])('spring: %s to %s from %s opens at %s', (from, to, at, expected) => {
    expect(next(at, every(from, to))).toBe(expected);
  });

  // Kyiv, 25 October 2026: 03:59:59 is followed by 03:00:00 (01:00 UTC).
  test.each([
    ['09:00', '20:00', '2026-10-24T20:00:00Z', '2026-10-25T07:00:00.000Z'],
    ['03:30', '12:00', '2026-10-24T20:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['03:30', '12:00', '2026-10-25T01:00:00Z', '2026-10-25T01:30:00.000Z'],
    ['01:00', '03:30', '2026-10-25T00:30:00Z', '2026-10-25T01:00:00.000Z'],
    ['03:10', '03:50', '2026-10-25T00:55:00Z', '2026-10-25T01:10:00.000Z'],
  ])('autumn: %s to %s from %s opens at %s', (from, to, at, expected) => {
    expect(next(at, every(from, to))).toBe(expected);
  });

  test('the evening before a change of clocks waits for the opening time, not for the change', () => {
    const weekend = windowOf({ days: { sat: ['00:00', '00:50'], sun: ['00:00', '04:30'] } });
    expect(next('2026-03-28T21:59:00Z', weekend)).toBe('2026-03-28T22:00:00.000Z');
  });

  test('one hour a week that spring skips opens a week later', () => {
    expect(next('2026-03-28T20:00:00Z', windowOf({ days: { sun: ['03:00', '04:00'] } }))).toBe(
      '2026-04-05T00:00:00.000Z',
    );
  });

  test('throws on a window that was never parsed and never opens', () => {
    expect(() => nextAllowed(0, { timeZone: 'Europe/Kyiv', days: {} })).toThrow(/never opens/);
  });

  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 10, 30, 50))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const hours = fc.tuple(clock, fc.oneof(clock, fc.constant('24:00'))).filter(([from, to]) => from < to);
  const anyWindow = fc
    .record({
      timeZone: fc.constantFrom('Europe/Kyiv', 'Europe/Kyiv', 'Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe'),
      days: fc.dictionary(fc.constantFrom(...DAYS), fc.option(hours), { minKeys: 1, noNullPrototype: true }),
    })
    .filter(({ days }) => Object.values(days).some(Boolean))
    .map(windowOf);
  // Half of the instants lie within three days of a change of clocks in Kyiv.
  const instant = fc.oneof(
    fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2031, 0) }),
    fc
      .tuple(
        fc.constantFrom('2025-03-30', '2025-10-26', '2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'),
        fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }),
      )
      .map(([day, minutes]) => Date.parse(`${day}T01:00:00Z`) + minutes * MINUTE),
  );

  test('gives an open instant, not earlier, and stays there', () => {
    fc.assert(
      fc.property(instant, anyWindow, (at, window) => {
        const result = nextAllowed(at, window);
        expect(result).toBeGreaterThanOrEqual(at);
        expect(openByTheWall(result, window)).toBe(true);
        expect(nextAllowed(result, window)).toBe(result);
      }),
      { numRuns: 5000 },
    );
  });

  test('never goes back as time goes on', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 3 * 24 * 60 * MINUTE }), anyWindow, (at, later, window) => {
        expect(nextAllowed(at + later, window)).toBeGreaterThanOrEqual(nextAllowed(at, window));
      }),
      { numRuns: 5000 },
    );
  });

  test('skips no open minute on the way, by the wall clock of Intl', () => {
    fc.assert(
      fc.property(instant, anyWindow, (at, window) => {
        const result = nextAllowed(at, window);
        for (
          let minute = Math.ceil(at / MINUTE) * MINUTE;
          minute < Math.min(result, at + 1500 * MINUTE);
          minute += 10 * MINUTE
        ) {
          expect({ minute, open: openByTheWall(minute, window) }).toEqual({ minute, open: false });
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
