import type { PauseReason } from '../../../shared/vocabulary';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A text younger than this is still worth sending; design default for messages without a lifetime of their own. */
export const DEFAULT_EXPIRY_MS = 24 * HOUR;

/** After expiry operators may still report for a while; two days is the longest any public client waits. */
export const REPORT_GRACE_MS = 48 * HOUR;

/** First questions come fast, for the editor who watches; later ones are rare, for the gateway's sake. */
const POLL_STEPS_MS = [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE] as const;
export const POLL_TAIL_MS = 2 * HOUR;

/** The first question: always asked, also when the answer to the request came after the time for reports. */
export const firstPollAt = (now: number): number => now + POLL_STEPS_MS[0];

/** When to ask about a submission after `polls` questions without a final answer; null when asking has no more sense. */
export const nextPollAt = (now: number, polls: number, pollUntil: number): number | null => {
  const at = now + (POLL_STEPS_MS[polls] ?? POLL_TAIL_MS);
  if (at <= pollUntil) return at;
  return now < pollUntil ? pollUntil : null;
};

/**
 * Least time between two questions about a campaign, however many pushes come: one of a hundred numbers brings hundreds.
 */
export const HINT_INTERVAL_MS = 5 * SECOND;

/** When to ask about a submission of which a push came at `now`: soon, but not at once after the last question. */
export const hintedPollAt = (now: number, askedAt: number | null): number =>
  askedAt === null ? now : Math.max(now, askedAt + HINT_INTERVAL_MS);

interface Backoff {
  readonly firstMs: number;
  readonly capMs: number;
}

/** How often a pause is probed. A wrong password is probed rarely: gateways lock accounts that keep failing. */
const PROBES: Readonly<Partial<Record<PauseReason, Backoff>>> = {
  // Capped at a minute, for half of it is jitter: a gateway that is down for hours hears from a site every 30 s at most.
  gateway_unreachable: { firstMs: 2 * SECOND, capMs: MINUTE },
  too_many_in_doubt: { firstMs: 30 * SECOND, capMs: 5 * MINUTE },
  bulk_unaffordable: { firstMs: 30 * SECOND, capMs: 5 * MINUTE },
  no_funds: { firstMs: 30 * SECOND, capMs: 5 * MINUTE },
  alphaname_refused: { firstMs: 30 * SECOND, capMs: 15 * MINUTE },
  wrong_credentials: { firstMs: 30 * SECOND, capMs: 15 * MINUTE },
};

/**
 * When to probe a pause again after `tries` probes; null for pauses that only a person ends.
 * @param random number in [0,1): half of the wait is jitter, so that many sites do not knock at the same moment.
 */
export const nextProbeAt = (reason: PauseReason, now: number, tries: number, random: number): number | null => {
  const backoff = PROBES[reason];
  if (!backoff) return null;
  const full = Math.min(backoff.capMs, backoff.firstMs * 2 ** Math.min(tries, 20));
  return now + Math.round(full / 2 + (full / 2) * random);
};

/** A brown-out must make three messages in doubt, not three thousand. */
export const BREAKER = { inDoubtLimit: 3, windowMs: 5 * MINUTE } as const;
