import { readTime } from '../zone';
import { templateError } from './problem';

/** Default of the `date` filter, as dates are written in Ukraine. */
const DEFAULT_PATTERN = '%d.%m.%Y %H:%M';

/** Codes of Liquid's `date` filter and what luxon calls them. Month names stand in the genitive, as after a day: 16 січня. */
const CODES: Readonly<Record<string, string>> = {
  '%Y': 'yyyy',
  '%y': 'yy',
  '%m': 'MM',
  '%-m': 'M',
  '%d': 'dd',
  '%-d': 'd',
  '%e': 'd',
  '%H': 'HH',
  '%-H': 'H',
  '%M': 'mm',
  '%S': 'ss',
  '%B': 'MMMM',
  '%b': 'MMM',
  '%A': 'cccc',
  '%a': 'ccc',
  '%F': 'yyyy-MM-dd',
  '%R': 'HH:mm',
};

/**
 * The `date` filter: Liquid's codes, in Kyiv time and in Ukrainian. Liquid's own reads `now` from the clock, local times in the
 * zone of the host, and prints what is no date unchanged; here each of these is an error.
 */
export function formatDate(value: unknown, pattern: unknown): string {
  const instant = readTime(value);
  if (instant === null)
    throw templateError('Filter date was given something that is not a date such as 2026-01-31T10:00:00Z');
  const inUkrainian = instant.setLocale('uk');
  return String(pattern ?? DEFAULT_PATTERN).replace(/%-?./gsu, (code) => {
    if (code === '%%') return '%';
    const token = CODES[code];
    if (token === undefined) {
      throw templateError(`Filter date does not know ${code}: use ${Object.keys(CODES).join(' ')}`);
    }
    return inUkrainian.toFormat(token);
  });
}
