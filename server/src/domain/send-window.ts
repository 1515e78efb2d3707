import { IANAZone } from 'luxon';
import { z } from 'zod';
import { DEFAULT_ZONE } from './zone';

/** Days as `Date.getUTCDay` numbers them. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Day = (typeof DAYS)[number];

/**
 * Hours when texting is allowed, by the clock on the recipient's wall: from the first minute up to, not including, the last
 * (`24:00` is the end of a day). A day left out or null is closed.
 */
export interface SendWindow {
  readonly timeZone: string;
  readonly days: Readonly<Partial<Record<Day, readonly [from: string, to: string] | null>>>;
}

export type SendWindowResult = { ok: true; window: SendWindow } | { ok: false; message: string };

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;

/** A window of one hour a week that falls into the hour skipped in spring opens a week later: two weeks see every case. */
const HORIZON_DAYS = 15;

const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 09:00');
const hours = z
  .tuple([time, time])
  .refine(([from, to]) => minutesOf(from) < minutesOf(to), 'must open before it closes; for a night give two days')
  .nullable();
const schema = z.strictObject({
  timeZone: z
    .string()
    .default(DEFAULT_ZONE)
    .refine((zone) => IANAZone.isValidZone(zone), 'must be a zone such as Europe/Kyiv'),
  days: z
    .strictObject({
      mon: hours.optional(),
      tue: hours.optional(),
      wed: hours.optional(),
      thu: hours.optional(),
      fri: hours.optional(),
      sat: hours.optional(),
      sun: hours.optional(),
    })
    .refine((days) => Object.values(days).some(Boolean), 'must open on at least one day, or nothing is ever sent'),
});

/** Reads a send window from configuration; the message names the field and the cure. */
export function parseSendWindow(input: unknown): SendWindowResult {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${['sendWindow', ...issue.path].join('.')}: ${issue.message}`);
    return { ok: false, message: problems.join('; ') };
  }
  const { timeZone, days } = parsed.data;
  const open: Partial<Record<Day, readonly [string, string]>> = {};
  for (const day of DAYS) {
    const span = days[day];
    if (span) open[day] = span;
  }
  return { ok: true, window: { timeZone, days: open } };
}

/**
 * The earliest instant not before `at` when texting is allowed; `at` itself when it is allowed now or when there is no window.
 * Both are epoch milliseconds. Throws on a window that `parseSendWindow` would have refused.
 */
export function nextAllowed(at: number, window: SendWindow | null): number {
  if (window === null || isOpen(at, window)) return at;
  const zone = IANAZone.create(window.timeZone);
  const today = localDay(at, zone);
  for (let day = today; day < today + HORIZON_DAYS; day += 1) {
    const openings = openingsOf(day, zone, window).filter(
      // The clocks may change a day earlier or later: such an instant is that day's to give, after its own opening time.
      (instant) => instant >= at && localDay(instant, zone) === day && isOpen(instant, window),
    );
    if (openings.length > 0) return Math.min(...openings);
  }
  throw new RangeError('sendWindow never opens: give at least one day with hours and a known time zone');
}

/**
 * Where a local day may open: its opening time under each offset of that day, and the moment the clocks change, for that is
 * when a window opens whose first minute is skipped in spring, or which closed within the hour repeated in autumn.
 */
function openingsOf(day: number, zone: IANAZone, window: SendWindow): number[] {
  const span = window.days[dayName(day * DAY_MS)];
  if (!span) return [];
  const midnight = day * DAY_MS;
  // Offsets stay within a day of UTC, so these two instants enclose the local day.
  const [before, after] = [midnight - DAY_MS, midnight + 2 * DAY_MS];
  const offsets = new Set([zone.offset(before), zone.offset(after)]);
  const opening = midnight + minutesOf(span[0]) * MINUTE;
  const openings = [...offsets].map((offset) => opening - offset * MINUTE);
  return offsets.size === 1 ? openings : [...openings, clockChange(before, after, zone)];
}

function clockChange(from: number, to: number, zone: IANAZone): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle) === zone.offset(from)) low = middle;
    else high = middle;
  }
  return high;
}

function isOpen(at: number, window: SendWindow): boolean {
  const local = at + IANAZone.create(window.timeZone).offset(at) * MINUTE;
  const span = window.days[dayName(local)];
  if (!span) return false;
  const sinceMidnight = local - Math.floor(local / DAY_MS) * DAY_MS;
  return sinceMidnight >= minutesOf(span[0]) * MINUTE && sinceMidnight < minutesOf(span[1]) * MINUTE;
}

/** Number of the local calendar day, counted from 1970-01-01. */
function localDay(at: number, zone: IANAZone): number {
  return Math.floor((at + zone.offset(at) * MINUTE) / DAY_MS);
}

/** @param local epoch milliseconds shifted by the zone's offset, so that UTC getters read the wall clock. */
function dayName(local: number): Day {
  return DAYS[new Date(local).getUTCDay()] ?? 'sun';
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
