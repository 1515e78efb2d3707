import { FAULT_KINDS } from './faults/kinds';
import { ALPHANAME_STATUSES, MESSAGE_STATUSES } from './gateway/statuses';
import {
  InputError,
  readFlag,
  readList,
  readNullable,
  readNumber,
  readOneOf,
  readPartial,
  readShares,
  readText,
  readWhole,
  readWholeObject,
  type Read,
} from './input';
import { formatMoney, parseMoney } from './money';
import type { AlphanameEntry, Credentials, PushSettings, ScriptedOutcome, Settings, Timings } from './settings';

/** A change of settings: `timings` and `push` may be given in part, lists and rates are replaced whole. */
export type SettingsPatch = Partial<Omit<Settings, 'timings' | 'push'>> & {
  readonly timings?: Partial<Timings>;
  readonly push?: Partial<PushSettings>;
};

const readMoney: Read<string> = (value, field) => {
  const milli = typeof value === 'string' || typeof value === 'number' ? parseMoney(String(value)) : null;
  if (milli === null) throw new InputError(`${field}: write a decimal with a dot and up to three places, as "27.405".`);
  return formatMoney(milli);
};

const readPrice: Read<string> = (value, field) => {
  const price = readMoney(value, field);
  if (price.startsWith('-')) throw new InputError(`${field}: write zero or more.`);
  return price;
};

const readUrl: Read<string> = (value, field) => {
  const text = readText(value, field);
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (!/^https?:$/.test(protocol)) throw new InputError(`${field}: write a URL that begins with http:// or https://.`);
  return text;
};

const readCredentials = readWholeObject<Credentials>({ login: readText, password: readText });

const readName: Read<string> = (value, field) => {
  const name = readText(value, field);
  if (name === '') throw new InputError(`${field}: write a name.`);
  return name;
};

const DELAY = readNumber(0);

const readSettings = readPartial<SettingsPatch>({
  credentials: readNullable(readCredentials),
  accessDenied: readOneOf(['long', 'short']),
  balance: readMoney,
  price: readPrice,
  speed: readNumber(0.001, 1_000_000),
  timings: readPartial<Timings>({
    sentAfterMs: DELAY,
    deliveredAfterMs: DELAY,
    expiredAfterMs: DELAY,
    partGapMs: DELAY,
    moderationMs: DELAY,
  }),
  honourRate: readFlag,
  alphanames: readList(readWholeObject<AlphanameEntry>({ name: readName, status: readOneOf(ALPHANAME_STATUSES) })),
  acceptAnyAlphaname: readFlag,
  unknownAlphaname: readOneOf(['error', 'empty']),
  sharedAlphaname: readName,
  badNumbers: readOneOf(['omit', 'error']),
  infoCounts: readOneOf(['parts', 'messages']),
  stopWords: readList(readName),
  outcomes: readList(readWholeObject<ScriptedOutcome>({ suffix: readName, status: readOneOf(MESSAGE_STATUSES) })),
  outcomeRates: readShares(MESSAGE_STATUSES),
  faultRates: readShares(FAULT_KINDS),
  push: readPartial<PushSettings>({
    url: readNullable(readUrl),
    perPush: readWhole(1, 1000),
    statuses: readOneOf(['all', 'final']),
    retries: readWhole(0, 10),
    retryAfterMs: DELAY,
    timeoutMs: readNumber(1, 60_000),
  }),
});

/**
 * The settings after a change that came from outside.
 * @throws InputError naming the field
 */
export const applySettings = (current: Settings, patch: unknown): Settings => {
  const { timings, push, ...rest } = readSettings(patch, 'settings');
  return { ...current, ...rest, timings: { ...current.timings, ...timings }, push: { ...current.push, ...push } };
};
