/**
 * How long work that one process took stays its own before others look at it. Leases only decide when somebody looks:
 * every move is a compare-and-set, so a lease that is too short costs questions in doubt, never a second SMS.
 */
export interface Leases {
  /** Longer than the slowest decision about an intent; after a crash another process decides it then. Milliseconds. */
  readonly decideMs: number;
  /** What the answer of the gateway may take beyond the client's own time limit, its commit included. Milliseconds. */
  readonly answerMarginMs: number;
  /** Chores and questions are done by one instance; when it dies another takes over after this long. Milliseconds. */
  readonly choreMs: number;
}

/** No lease is this long. One that ends later was taken under a wrong clock, which must not stop the others until then. */
export const BELIEVABLE_MS = 10 * 60_000;

export const DEFAULT_LEASES: Leases = { decideMs: 30_000, answerMarginMs: 30_000, choreMs: 10_000 };

/** The leases of a site; the defaults unless it sets its own. */
export const leasesOf = (sending: { readonly leases?: Leases }): Leases => sending.leases ?? DEFAULT_LEASES;

/** How long a request that is marked `sending` may stay so: the whole time limit, and then some. Milliseconds. */
export const sendingLeaseMs = (sending: { readonly leases?: Leases; readonly requestTimeoutMs: number }): number =>
  sending.requestTimeoutMs + leasesOf(sending).answerMarginMs;
