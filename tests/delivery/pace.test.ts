import fc from 'fast-check';
import { createLocalPace, createSharedPace, type Pace } from '../../server/src/delivery/pace';
import { SENDING } from '../support/builders';
import { DAY, FakeClock, HOUR, SECOND } from '../support/fake-clock';
import { createMemoryLedger } from '../support/memory-ledger';

const rates = fc.constantFrom(0.1, 0.5, 1, 2.5, 7, 10, 33.3, 500);
/** What is asked for, and when; now and then the clock of the server is corrected. */
const asks = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 3_000 }), fc.constant(60 * SECOND)),
    wanted: fc.integer({ min: 1, max: 40 }),
    jumpMs: fc.option(fc.constantFrom(-DAY, -HOUR, -SECOND), { freq: 12, nil: 0 }),
  }),
  { maxLength: 80 },
);
type Asks = Parameters<Parameters<typeof asks.map>[0]>[0];

/** Real time (clock corrections taken out) of each permission. */
const takeAll = async (pace: Pace, clock: FakeClock, list: Asks): Promise<number[]> => {
  const given: number[] = [];
  let real = 0;
  for (const { waitMs, wanted, jumpMs } of list) {
    clock.advance(waitMs + jumpMs);
    real += waitMs;
    const taken = await pace.take('main', wanted);
    expect(taken).toBeLessThanOrEqual(wanted);
    for (let n = 0; n < taken; n++) given.push(real);
  }
  return given;
};

/** The most in any window of this length, wherever it begins. */
const most = (given: readonly number[], windowMs: number): number =>
  Math.max(0, ...given.map((from) => given.filter((at) => at >= from && at < from + windowMs).length));

describe('one process', () => {
  test('no window sees more than the pace, whatever is asked and however the clock is set', async () => {
    await fc.assert(
      fc.asyncProperty(rates, asks, async (requestsPerSecond, list) => {
        const clock = new FakeClock();
        const given = await takeAll(createLocalPace(clock, { ...SENDING, requestsPerSecond }), clock, list);
        for (const seconds of [1, 10, 60])
          expect(most(given, seconds * SECOND)).toBeLessThanOrEqual(
            Math.max(1, Math.ceil(seconds * requestsPerSecond)),
          );
      }),
      { numRuns: 1_000 },
    );
  });

  test('who keeps asking gets the pace in full', async () => {
    for (const requestsPerSecond of [0.5, 1, 2.5, 7, 10, 33.3, 500]) {
      const clock = new FakeClock();
      const list = Array.from({ length: 1_200 }, () => ({ waitMs: 50, wanted: 1_000, jumpMs: 0 }));
      const given = await takeAll(createLocalPace(clock, { ...SENDING, requestsPerSecond }), clock, list);
      expect(given.length).toBeGreaterThanOrEqual(0.95 * 60 * requestsPerSecond);
    }
  });

  test('an idle shop sends a second’s worth at once', async () => {
    const clock = new FakeClock();
    const pace = createLocalPace(clock, { ...SENDING, requestsPerSecond: 10 });
    expect([await pace.take('main', 40), await pace.take('main', 1)]).toEqual([10, 0]);
    expect(pace.intervalMs).toBe(100);
  });

  test('a clock that is set back a day does not stop sending', async () => {
    const clock = new FakeClock();
    const pace = createLocalPace(clock, { ...SENDING, requestsPerSecond: 1 });
    expect(await pace.take('main', 1)).toBe(1);
    clock.advance(-DAY);
    expect(await pace.take('main', 1)).toBe(0);
    clock.advance(SECOND);
    expect(await pace.take('main', 1)).toBe(1);
  });
});

describe('several processes', () => {
  test('share one pace: in any second at most a tenth of a second’s worth more', async () => {
    await fc.assert(
      fc.asyncProperty(
        rates,
        asks.map((list) => list.map((ask) => ({ ...ask, jumpMs: 0 }))),
        async (requestsPerSecond, list) => {
          const clock = new FakeClock();
          const { accounts } = createMemoryLedger();
          await accounts.ensure({ key: 'main', endpoint: 'x' }, clock.now());
          const paces = [0, 1, 2].map(() => createSharedPace(accounts, clock, { ...SENDING, requestsPerSecond }));
          let turn = 0;
          const any: Pace = {
            intervalMs: 0,
            take: (account, wanted) => paces[turn++ % 3]?.take(account, wanted) ?? Promise.resolve(0),
          };
          const given = await takeAll(any, clock, list);
          const burst = Math.max(1, requestsPerSecond / 10);
          for (const seconds of [1, 60])
            expect(most(given, seconds * SECOND)).toBeLessThanOrEqual(Math.ceil(seconds * requestsPerSecond + burst));
        },
      ),
      { numRuns: 100 },
    );
  });
});
