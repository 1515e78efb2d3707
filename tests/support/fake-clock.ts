import type { Clock } from '../../server/src/delivery/ports';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Monday, 2 March 2026, 12:00 in Kyiv. */
export const NOON = Date.parse('2026-03-02T10:00:00Z');

/** A clock that stands still until it is moved; it may be set back, as clocks of servers are. */
export class FakeClock implements Clock {
  #now: number;
  constructor(now = NOON) {
    this.#now = now;
  }
  now(): number {
    return this.#now;
  }
  /** Milliseconds forward; negative: back. */
  advance(ms: number): void {
    this.#now += ms;
  }
  set(now: number): void {
    this.#now = now;
  }
}
