/**
 * The wire writes times as `YYYY-MM-DD HH:MM:SS` on the clock of Kyiv without a zone. The zone's rules come from the
 * runtime's own time zone data, so a change of law needs only an updated Node.
 */

// The old spelling of Europe/Kyiv: it is known to time zone data before 2022 too, and means the same.
const ZONE = 'Europe/Kiev';

const FORMAT = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const WIRE = /^\s*(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})\s*$/;
const HOUR_MS = 3_600_000;

/** Times the wire can carry: four digits of a year, and past the years in which Kyiv's clock had odd seconds. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);

/** True when an instant can be written for the gateway. */
export const isWritable = (instant: Date): boolean => instant.getTime() >= EARLIEST && instant.getTime() < LATEST;

/**
 * An instant on the clock of Kyiv, fractions of a second cut off. In the hour that is repeated in autumn the wire cannot
 * say which one is meant; schedule on your own side if that hour matters.
 */
export const toKyivTime = (instant: Date): string => {
  const part = new Map(FORMAT.formatToParts(instant).map(({ type, value }) => [type, value]));
  const get = (type: Intl.DateTimeFormatPartTypes, width = 2): string => (part.get(type) ?? '').padStart(width, '0');
  return `${get('year', 4)}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}:${get('second')}`;
};

/**
 * The instant of a time on the clock of Kyiv, or null when it is absent or no such date exists. A time in the repeated
 * hour of autumn is read as the first of the two; a time in the hour that spring skips is read with the offset from
 * before the change, so 03:30 becomes 04:30. These are the rules of ECMAScript for ambiguous times.
 */
export const fromKyivTime = (text: string | null | undefined): Date | null => {
  const match = WIRE.exec(text ?? '');
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number]; // prettier-ignore
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(asUtc);
  const exists =
    back.getUTCFullYear() === year &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    minute < 60 &&
    second < 60;
  if (!exists || !isWritable(back)) return null;
  // Half a day to either side lies beyond any change of the clock nearby; mostly both agree and nothing is ambiguous.
  const before = offsetAt(asUtc - 12 * HOUR_MS);
  const after = offsetAt(asUtc + 12 * HOUR_MS);
  if (before === after) return new Date(asUtc - before);
  // The larger offset is the earlier instant. In the hour that spring skips neither reads back as what was written.
  const wall = match[0].trim().replace('T', ' ');
  const candidates = [asUtc - Math.max(before, after), asUtc - Math.min(before, after)];
  const found = candidates.find((instant) => toKyivTime(new Date(instant)) === wall);
  return new Date(found ?? asUtc - before);
};

/** Offsets of the hours asked last: answers speak of the present, and asking Intl costs more than reading the rest of one. */
const known = new Map<number, number>();
const KNOWN_HOURS = 100;

/** Milliseconds by which the clock of Kyiv is ahead of UTC at an instant. It changes at full hours of UTC only. */
const offsetAt = (instant: number): number => {
  const hour = Math.floor(instant / HOUR_MS);
  const offset = known.get(hour) ?? readOffset(hour * HOUR_MS);
  if (known.size >= KNOWN_HOURS) known.clear();
  known.set(hour, offset);
  return offset;
};

const readOffset = (instant: number): number => {
  const match = WIRE.exec(toKyivTime(new Date(instant)));
  const [year, month, day, hour, minute, second] = (match?.slice(1) ?? []).map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0) - instant;
};
