import { DateTime } from 'luxon';

/** The zone of the gateway and of its subscribers; a text and a send window mean this one unless told otherwise. */
export const DEFAULT_ZONE = 'Europe/Kyiv';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const TIME = /^\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;

/** Numbers below are seconds, as Liquid counts; above they can only be milliseconds (as seconds: the year 5138). */
const MILLISECONDS_FROM = 1e11;

/**
 * Reads an instant from an ISO 8601 text (what Strapi stores) or an epoch number. A text without zone is local time in
 * `DEFAULT_ZONE`: reading it in the zone of the host would send a different hour from each server. null when it is neither.
 */
export function readInstant(value: unknown): DateTime<true> | null {
  if (typeof value === 'number') {
    return valid(
      DateTime.fromMillis(Math.abs(value) < MILLISECONDS_FROM ? value * 1000 : value, { zone: DEFAULT_ZONE }),
    );
  }
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (!DATE.test(text) && !DATE_TIME.test(text)) return null;
  return valid(DateTime.fromISO(text.replace(' ', 'T'), { zone: DEFAULT_ZONE }));
}

/** Like `readInstant`, and also takes a bare time of day (`14:30:00.000`), set on a day without a clock change. */
export function readTime(value: unknown): DateTime<true> | null {
  const timeOnly = typeof value === 'string' && TIME.test(value.trim());
  return readInstant(timeOnly ? `2000-01-01T${value.trim()}` : value);
}

function valid(instant: DateTime<true> | DateTime<false>): DateTime<true> | null {
  return instant.isValid ? instant : null;
}

/** Calendar day of an instant (epoch milliseconds) in a zone, e.g. 2026-03-01. */
export function dayIn(zone: string, at: number): string {
  return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');
}
