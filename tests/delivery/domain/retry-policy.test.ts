import fc from 'fast-check';
import { nextPollAt, nextProbeAt } from '../../../server/src/domain/retry-policy';
import { PAUSE_REASONS } from '../../../shared/vocabulary';
import { HOUR, MINUTE, SECOND } from '../../support/fake-clock';

const NEVER = Number.MAX_SAFE_INTEGER;
const PROBED = [
  'gateway_unreachable',
  'too_many_in_doubt',
  'bulk_unaffordable',
  'no_funds',
  'alphaname_refused',
  'wrong_credentials',
] as const;
const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

describe('questions about an accepted request', () => {
  test('come after 5 s, 15 s, 1 min, 5 min, 30 min, then every 2 h', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 50].map((polls) => nextPollAt(0, polls, NEVER));
    expect(waits).toEqual([5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 2 * HOUR, 2 * HOUR]);
  });

  test('are never later than the last moment, and end there', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), fc.nat(60), fc.nat(10 ** 12), (now, polls, until) => {
        const at = nextPollAt(now, polls, until);
        if (now >= until) expect(at).toBeNull();
        else {
          expect(at).toBeGreaterThan(now);
          expect(at).toBeLessThanOrEqual(until);
        }
      }),
    );
  });

  test('come ever more rarely', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (a, b) => {
        const [fewer, more] = [Math.min(a, b), Math.max(a, b)];
        expect(nextPollAt(0, fewer, NEVER)).toBeLessThanOrEqual(nextPollAt(0, more, NEVER) ?? 0);
      }),
    );
  });
});

describe('probes of a pause', () => {
  test('pauses that only a person ends are never probed', () => {
    const unprobed = PAUSE_REASONS.filter((reason) => nextProbeAt(reason, 0, 0, 0) === null);
    expect(new Set([...unprobed, ...PROBED])).toEqual(new Set(PAUSE_REASONS));
    expect(unprobed).toContain('by_person');
    expect(unprobed).toContain('copied_database');
  });

  test.each(PROBED)('of %s grow, up to a bound, and half of each is jitter', (reason) => {
    const full = (tries: number): number => 2 * (nextProbeAt(reason, 0, tries, 0) ?? 0);
    fc.assert(
      fc.property(fc.nat(1_000), random, (tries, chance) => {
        const wait = nextProbeAt(reason, 0, tries, chance) ?? 0;
        expect(wait).toBeGreaterThanOrEqual(full(tries) / 2);
        expect(wait).toBeLessThanOrEqual(full(tries));
        expect(full(tries)).toBeLessThanOrEqual(full(tries + 1));
        expect(full(tries)).toBeLessThanOrEqual(15 * MINUTE);
      }),
    );
    expect(full(0)).toBeGreaterThanOrEqual(2 * SECOND);
  });

  test('a gateway that is down for hours is probed every 30 s at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 100_000 }), random, (tries, chance) => {
        const wait = nextProbeAt('gateway_unreachable', 0, tries, chance) ?? 0;
        expect(wait).toBeGreaterThanOrEqual(30 * SECOND);
        expect(wait).toBeLessThanOrEqual(MINUTE);
      }),
    );
  });
});
