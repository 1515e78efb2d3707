import fc from 'fast-check';
import { takeFrom, type Bucket } from '../../server/src/strapi/stores/token-bucket';

const FULL: Bucket = { microTokens: null, refilledAt: null };

it('never hands out more than the burst and what time refills, whatever the clocks do', () => {
  const steps = fc.array(
    fc.record({ jump: fc.integer({ min: -5_000, max: 5_000 }), wanted: fc.integer({ min: 0, max: 9 }) }),
  );
  const pace = fc.record({
    perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
    burst: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(steps, pace, (turns, { perSecond, burst }) => {
      let bucket = FULL;
      let now = 1_000_000;
      let total = 0;
      const clocks: number[] = [];
      for (const { jump, wanted } of turns) {
        clocks.push((now += jump));
        const result = takeFrom(bucket, wanted, { perSecond, burst, now });
        expect(result.taken).toBeGreaterThanOrEqual(0);
        expect(result.taken).toBeLessThanOrEqual(wanted);
        expect(result.bucket.microTokens).toBeGreaterThanOrEqual(0);
        total += result.taken;
        bucket = result.bucket;
      }
      // The bucket runs on the latest clock it has seen since the first call.
      const passedMs = Math.max(0, ...clocks.map((clock) => clock - (clocks[0] ?? clock)));
      expect(total).toBeLessThanOrEqual(burst + (passedMs / 1_000) * perSecond);
    }),
  );
});

it('is full at first, and refills fractions of a token', () => {
  const pace = { perSecond: 0.5, burst: 2 };
  const first = takeFrom(FULL, 5, { ...pace, now: 1_000 });
  expect(first.taken).toBe(2);
  expect(takeFrom(first.bucket, 1, { ...pace, now: 2_999 }).taken).toBe(0);
  expect(takeFrom(first.bucket, 1, { ...pace, now: 3_000 }).taken).toBe(1);
});
