import type { AccountStore, Clock, SendingConfig } from './ports';

/** Hands out permissions to send, at most `requestsPerSecond`. */
export interface Pace {
  /** Takes up to `wanted`; returns how many were free. */
  take(account: string, wanted: number): Promise<number>;
  /** Milliseconds until the next one is free at the configured pace. */
  readonly intervalMs: number;
}

/**
 * The pace of a single process lives in memory: a commit per request would cost more than the request. It remembers when the
 * last ones were given, so that no second, wherever it begins, sees more of them than configured, and an idle shop may still
 * send a second's worth at once.
 */
export const createLocalPace = (clock: Clock, sending: SendingConfig): Pace => {
  const perSecond = sending.requestsPerSecond;
  const windows = windowsOf(perSecond);
  const longest = windows.at(-1)?.ms ?? 0;
  const given: number[] = [];
  let last = clock.now();
  let elapsed = 0;
  return {
    intervalMs: 1_000 / perSecond,
    take: (_account, wanted) => {
      // Only forward steps count: a clock that is set back must neither stop sending nor hand out a second twice.
      const now = clock.now();
      elapsed += Math.max(0, now - last);
      last = now;
      while (given[0] !== undefined && elapsed - given[0] >= longest) given.shift();
      const within = (ms: number): number =>
        ms === longest ? given.length : given.filter((at) => elapsed - at < ms).length;
      const room = Math.min(...windows.map(({ ms, most }) => most - within(ms)));
      const taken = Math.max(0, Math.min(Math.floor(wanted), room));
      for (let count = 0; count < taken; count++) given.push(elapsed);
      return Promise.resolve(taken);
    },
  };
};

/** The most in any stretch of time. A second cannot hold half a request, so longer stretches keep a pace with a fraction. */
const windowsOf = (perSecond: number): { readonly ms: number; readonly most: number }[] => {
  if (Number.isInteger(perSecond)) return [{ ms: 1_000, most: perSecond }];
  return [
    { ms: 1_000, most: Math.ceil(perSecond) },
    { ms: 10_000, most: Math.ceil(perSecond * 10) },
    { ms: 60_000, most: Math.max(1, Math.floor(perSecond * 60)) },
  ];
};

/** Instances that meet after a pause may find this part of a second's worth ready: within any second at most a tenth too many. */
const BURST_SECONDS = 0.1;

/** Instances that share an account share its bucket, a row in the database. */
export const createSharedPace = (accounts: AccountStore, clock: Clock, sending: SendingConfig): Pace => {
  const perSecond = sending.requestsPerSecond;
  return {
    intervalMs: 1_000 / perSecond,
    take: (account, wanted) =>
      accounts.takeTokens(account, wanted, {
        perSecond,
        burst: Math.max(1, perSecond * BURST_SECONDS),
        now: clock.now(),
      }),
  };
};
