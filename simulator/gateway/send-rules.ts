import { parseKyiv } from '../kyiv-time';
import { normalisePhone } from '../phone';
import type { XmlElement } from '../xml/reader';
import type { Account } from './account';
import { refusal, type Refusal } from './replies';
import type { WrittenItem } from './request';

/** Which address was called; the second sends under a shared name and ignores `source`. */
export type Endpoint = 'api' | 'noai';

/** A recipient as written, and as the gateway knows it; null when no message can reach it. */
export interface CheckedItem extends WrittenItem {
  readonly phone: string | null;
}

export interface CheckedSend {
  readonly items: readonly CheckedItem[];
  readonly alphaname: string;
  readonly startAt: number;
  readonly rate: number;
}

/** The gateway forgives a start this long ago, for clocks that differ. */
const START_CORRECTION_MS = 5 * 60_000;
const DEFAULT_RATE = 120;

const readWholeNumber = (text: string, most: number): number | null => {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : null;
};

const foundStopWords = (items: readonly WrittenItem[], stopWords: readonly string[]): string[] => {
  const listed = new Set(stopWords.map((word) => word.toLowerCase()));
  if (listed.size === 0) return [];
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const { text } of items) {
    if (seen.has(text)) continue;
    seen.add(text);
    for (const [word] of text.matchAll(/[\p{L}\p{N}'’-]+/gu)) if (listed.has(word.toLowerCase())) found.add(word);
  }
  return [...found];
};

/** The captured sentence has two blanks before the words and one after. */
export const stopWordRefusal = (words: readonly string[]): Refusal => ({
  code: 'ERRTEXT',
  sentence: `STOPWORDS  ${words.join(' ')} `,
});

const checkAlphaname = (account: Account, endpoint: Endpoint, source: string): string | null => {
  if (endpoint === 'noai') return account.settings.sharedAlphaname;
  if (source !== '' && account.settings.acceptAnyAlphaname) return source;
  const status = account.alphaname(source);
  return status === 'ACTIVE' || status === 'LIMITED' ? source : null;
};

/**
 * Checks a SENDSMS in the order the gateway seems to use: numbers before everything (a capture with a bad rate answered
 * ERRPHONES), money last.
 * @returns the refusal, or what may be sent
 */
export const checkSend = (
  message: XmlElement,
  written: readonly WrittenItem[],
  endpoint: Endpoint,
  account: Account,
  now: number,
): Refusal | CheckedSend => {
  const attribute = (name: string): string => message.attributes.get(name)?.trim() ?? '';
  const items = written.map((item) => ({ ...item, phone: normalisePhone(item.recipient) }));
  if (!items.some(({ phone }) => phone !== null)) return refusal('ERRPHONES');
  if (items.some(({ text }) => text.trim() === '')) return refusal('ERRTEXT');
  const stopWords = foundStopWords(items, account.settings.stopWords);
  if (stopWords.length > 0) return stopWordRefusal(stopWords);

  const isAuto = (text: string): boolean => text === '' || text.toUpperCase() === 'AUTO';
  const start = attribute('start_time');
  const startAt = isAuto(start) ? now : parseKyiv(start);
  if (startAt === null || startAt < now - START_CORRECTION_MS) return refusal('ERRSTARTTIME');
  const end = attribute('end_time');
  // Wall times have no milliseconds: an end within the starting second is not before the start.
  const endAt = isAuto(end) ? Infinity : parseKyiv(end);
  if (endAt === null || endAt + 999 < Math.max(startAt, now)) return refusal('ERRENDTIME');

  const lifetime = attribute('lifetime') || attribute('livetime');
  if (lifetime !== '' && readWholeNumber(lifetime, 24) === null) return refusal('ERRLIFETIME');
  const rate = attribute('rate') === '' ? DEFAULT_RATE : readWholeNumber(attribute('rate'), 120);
  if (rate === null && items.length > 1) return refusal('ERRSPEED');
  const alphaname = checkAlphaname(account, endpoint, attribute('source'));
  if (alphaname === null) return refusal('ERRALFANAME');
  return { items, alphaname, startAt: Math.max(startAt, now), rate: rate ?? DEFAULT_RATE };
};
