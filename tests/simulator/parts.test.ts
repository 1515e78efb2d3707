import fc from 'fast-check';

import { systemClock, manualClock } from '../../simulator';
import { formatKyiv, parseKyiv } from '../../simulator/kyiv-time';
import { formatMoney, parseMoney } from '../../simulator/money';
import { normalisePhone } from '../../simulator/phone';
import { countSegments } from '../../simulator/segments';

describe('segments', () => {
  it.each([
    ['a'.repeat(160), 'gsm7', 1],
    ['a'.repeat(161), 'gsm7', 2],
    ['a'.repeat(306), 'gsm7', 2],
    ['a'.repeat(307), 'gsm7', 3],
    ['€'.repeat(80), 'gsm7', 1],
    ['€'.repeat(81), 'gsm7', 2],
    // 153 is odd: a pair does not fit its last place, so a part holds 76 of them.
    ['€'.repeat(153), 'gsm7', 3],
    ['я'.repeat(70), 'ucs2', 1],
    ['я'.repeat(71), 'ucs2', 2],
    ['я'.repeat(134), 'ucs2', 2],
    ['я'.repeat(135), 'ucs2', 3],
    ['😀'.repeat(35), 'ucs2', 1],
    ['😀'.repeat(67), 'ucs2', 3],
    ['`', 'ucs2', 1],
  ])('%s', (text, encoding, segments) => {
    expect(countSegments(text)).toEqual({ encoding, segments });
  });
});

describe('Kyiv time', () => {
  it.each([
    ['2024-01-29 12:00:00', '2024-01-29T10:00:00Z'],
    ['2024-07-29 12:00:00', '2024-07-29T09:00:00Z'],
    ['2024-10-27 03:30:00', '2024-10-27T00:30:00Z'],
  ])('%s is %s', (wall, iso) => {
    expect(parseKyiv(wall)).toBe(Date.parse(iso));
    expect(formatKyiv(Date.parse(iso))).toBe(wall);
  });

  it.each(['2024-03-31 03:30:00', '2024-02-30 10:00:00', '2024-01-29 24:00:00', '2024-01-29', 'AUTO'])(
    '%s never is',
    (wall) => {
      expect(parseKyiv(wall)).toBeNull();
    },
  );

  it('reads what it writes', () => {
    const instant = fc.integer({ min: Date.UTC(2013, 0), max: Date.UTC(2040, 0) }).map((ms) => ms - (ms % 1000));
    fc.assert(
      fc.property(instant, (ms) => {
        const read = parseKyiv(formatKyiv(ms));
        // The second pass of the autumn hour reads as the first.
        expect([0, 3_600_000]).toContain(ms - (read ?? 0));
      }),
    );
  });
});

it('keeps money to the thousandth', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (milli) => {
      expect(parseMoney(formatMoney(milli))).toBe(milli);
    }),
  );
  for (const text of ['', '1,5', '1.2345', 'x', '1e3']) expect(parseMoney(text)).toBeNull();
});

it.each(['', '5', '38050123456', '3805012345678', '050123456', '8012345678', '+', '38050123456a', '1234567890123456'])(
  '%p is no phone',
  (written) => {
    expect(normalisePhone(written)).toBeNull();
  },
);

describe('clocks', () => {
  it('runs tasks in order, also those planned on the way', () => {
    const clock = manualClock(0);
    const seen: string[] = [];
    const note = (name: string) => (): void => void seen.push(`${name}@${String(clock.now())}`);
    clock.schedule(30, note('late'));
    clock.schedule(10, () => {
      note('early')();
      clock.schedule(20, note('planned'));
    });
    clock.schedule(10, note('second'));
    clock.schedule(15, note('cancelled'))();
    clock.advance(25);
    expect(seen).toEqual(['early@10', 'second@10', 'planned@20']);
    expect(clock.now()).toBe(25);
  });

  it('keeps the order of any number of tasks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (times) => {
        const clock = manualClock(0);
        const seen: number[] = [];
        times.forEach((at, index) => clock.schedule(at, () => seen.push(at * 1000 + index)));
        clock.advance(50);
        expect(seen).toEqual([...seen].sort((one, other) => one - other));
        expect(seen).toHaveLength(times.length);
      }),
    );
  });

  it('follows real time and may skip ahead', async () => {
    const clock = systemClock();
    const order: string[] = [];
    const soon = new Promise<void>((resolve) => {
      clock.schedule(clock.now() + 5, () => {
        order.push('soon');
        resolve();
      });
    });
    clock.schedule(clock.now() + 86_400_000, () => order.push('tomorrow'));
    await soon;
    clock.advance(86_400_000);
    expect(order).toEqual(['soon', 'tomorrow']);
    clock.stop();
  });
});
