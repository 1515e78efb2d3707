import type { FaultKind } from './faults/kinds';
import type { AlphanameStatus, MessageStatus } from './gateway/statuses';

export interface Credentials {
  /** The account's phone, 12 digits without a plus. */
  readonly login: string;
  readonly password: string;
}

/** How long things take, in milliseconds of simulated time before `speed` divides them. */
export interface Timings {
  /** From the start of a message to SENT. */
  readonly sentAfterMs: number;
  /** From the start of a message to its final status. */
  readonly deliveredAfterMs: number;
  /** From the start of a message to EXPIRED, for those that expire. */
  readonly expiredAfterMs: number;
  /** Between the delivery of two parts of one long message. */
  readonly partGapMs: number;
  /** From ADDALFANAME to ACTIVE. */
  readonly moderationMs: number;
}

export interface PushSettings {
  /** Where status changes are posted; null turns the push off. */
  readonly url: string | null;
  /** States in one push. */
  readonly perPush: number;
  /** `all` changes or only `final` ones. */
  readonly statuses: 'all' | 'final';
  /** Further tries after the first. */
  readonly retries: number;
  readonly retryAfterMs: number;
  readonly timeoutMs: number;
}

export interface AlphanameEntry {
  readonly name: string;
  readonly status: AlphanameStatus;
}

/** Numbers that end with `suffix` end in `status`; PENDING, NEW and SENT mean they stay there. */
export interface ScriptedOutcome {
  readonly suffix: string;
  readonly status: MessageStatus;
}

/** Everything that may be changed while the simulator runs (`PUT /control/settings`). */
export interface Settings {
  /** null lets anyone in who sends an Authorization header. */
  readonly credentials: Credentials | null;
  /** Wording of the answer to a wrong login; both exist in the wild. */
  readonly accessDenied: 'long' | 'short';
  /** Decimal with up to three places, in hryvnias. */
  readonly balance: string;
  /** Price of one segment, likewise. */
  readonly price: string;
  /** Divides all timings: 10 is ten times faster. */
  readonly speed: number;
  readonly timings: Timings;
  /** Whether group sends are spread out by their `rate` (messages a minute); off, they all move at once. */
  readonly honourRate: boolean;
  readonly alphanames: readonly AlphanameEntry[];
  /** Lets every `source` pass. */
  readonly acceptAnyAlphaname: boolean;
  /** The answer to CHECKALFANAME for a name the account does not have. */
  readonly unknownAlphaname: 'error' | 'empty';
  /** The sender of messages through the endpoint without alphanames. */
  readonly sharedAlphaname: string;
  /** Bad numbers of a mixed list: left out of the answer, or answered with status ERROR. */
  readonly badNumbers: 'omit' | 'error';
  /** What GETCAMPAIGNINFO counts; which is true of the gateway is unknown. */
  readonly infoCounts: 'parts' | 'messages';
  readonly stopWords: readonly string[];
  readonly outcomes: readonly ScriptedOutcome[];
  /** Share of messages, 0 to 1, that end otherwise than DELIVERED. */
  readonly outcomeRates: Partial<Record<MessageStatus, number>>;
  /** Share of requests, 0 to 1, that suffer a fault with its default parameters. */
  readonly faultRates: Partial<Record<FaultKind, number>>;
  readonly push: PushSettings;
}

/** Suffixes long enough that numbers counted up from zero in a benchmark do not meet them. */
const OUTCOMES: readonly ScriptedOutcome[] = [
  { suffix: '999901', status: 'UNDELIV' },
  { suffix: '999902', status: 'EXPIRED' },
  { suffix: '999903', status: 'ALFANAMELIMITED' },
  { suffix: '999904', status: 'SENT' },
  { suffix: '999905', status: 'ERROR' },
  { suffix: '999906', status: 'STOPED' },
  { suffix: '999907', status: 'USERSTOPED' },
  { suffix: '999908', status: 'STOPFLAG' },
  { suffix: '999909', status: 'PENDING' },
  { suffix: '999910', status: 'NEW' },
];

export const DEFAULT_SETTINGS: Settings = {
  credentials: { login: '380000000000', password: 'simulator' },
  accessDenied: 'long',
  balance: '10000.000',
  price: '0.650',
  speed: 1,
  timings: { sentAfterMs: 1000, deliveredAfterMs: 3000, expiredAfterMs: 5000, partGapMs: 200, moderationMs: 15_000 },
  honourRate: false,
  alphanames: [
    { name: 'MyShop', status: 'ACTIVE' },
    { name: 'InfoCentr', status: 'ACTIVE' },
    { name: 'SMS', status: 'ACTIVE' },
    { name: 'OnlyKyivst', status: 'LIMITED' },
    { name: 'NewBrand', status: 'MODERATE' },
    { name: 'Casino777', status: 'BLOCKED' },
  ],
  acceptAnyAlphaname: false,
  unknownAlphaname: 'error',
  sharedAlphaname: 'InfoCentr',
  badNumbers: 'omit',
  infoCounts: 'parts',
  stopWords: ['casino', 'казино'],
  outcomes: OUTCOMES,
  outcomeRates: {},
  faultRates: {},
  push: { url: null, perPush: 1, statuses: 'all', retries: 3, retryAfterMs: 1000, timeoutMs: 5000 },
};
