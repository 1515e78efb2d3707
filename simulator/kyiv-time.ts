/** The gateway writes and reads Kyiv local time, `YYYY-MM-DD HH:MM:SS`, without a zone mark. */
const FORMAT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Kyiv',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const HOUR_MS = 3_600_000;
const WALL = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;

/** Intl costs tens of microseconds and a big campaign asks for one second thousands of times. */
let cachedSecond = NaN;
let cachedText = '';

/** Kyiv wall time of an instant. @param ms milliseconds since the epoch */
export const formatKyiv = (ms: number): string => {
  const second = Math.floor(ms / 1000);
  if (second !== cachedSecond) {
    cachedSecond = second;
    cachedText = FORMAT.format(second * 1000);
  }
  return cachedText;
};

/**
 * The instant of a Kyiv wall time, or null when it is not written as the gateway demands or never happens (the skipped hour
 * of spring). The repeated hour of autumn is read as its first pass: how the gateway reads it is unknown.
 */
export const parseKyiv = (text: string): number | null => {
  const match = WALL.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
  if (
    year === undefined ||
    month === undefined ||
    day === undefined ||
    hour === undefined ||
    minute === undefined ||
    second === undefined
  )
    return null;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  for (const offsetHours of [3, 2]) {
    const instant = asUtc - offsetHours * HOUR_MS;
    if (Number.isFinite(instant) && formatKyiv(instant) === text) return instant;
  }
  return null;
};
