import { readFileSync } from 'node:fs';
import { eventually } from '../support/eventually';
import { createCrashDatabase } from './support/databases';
import type { Child } from './support/processes';
import type { Point } from './support/points';
import { faultsOf, NO_FAULTS } from './support/oracle';
import { openCrashShop, type CrashShop } from './support/shop';

/** A process that stands still (a suspended machine, a long pause of the collector) and goes on as if nothing had been. */
const POINTS: readonly Point[] = [
  'C3-intent-claimed',
  'C5-sealed',
  'C6-sending-committed',
  'C7-request-written',
  'C9-answer-read',
  'C11-outcome-committed',
];
/** Longer than every lease of these shops. */
const HALT_MS = 3_500;

/** Field 3 of /proc/<pid>/stat, after the name in brackets: T while the process is stopped. */
const isHalted = ({ process }: Child): boolean =>
  / T /.test(
    readFileSync(`/proc/${String(process.pid)}/stat`, 'utf8')
      .replace(/^.*\)/, '')
      .slice(0, 3),
  );

describe('processes halted for longer than their leases, PostgreSQL', () => {
  let shop: CrashShop;
  beforeAll(async () => {
    shop = await openCrashShop(await createCrashDatabase('PostgreSQL'));
  });
  afterAll(() => shop.close());

  it('halted at every border and continued: nothing lost, nothing sent twice', async () => {
    const halted: Child[] = [];
    for (const point of POINTS) {
      const child = await shop.start({ orders: 12, plan: { point, pass: 1, signal: 'SIGSTOP' } });
      halted.push(child);
      await eventually(
        async () => {
          await shop.press();
          return { point, halted: isHalted(child) };
        },
        (seen) => seen.halted,
      );
    }
    const others = await shop.start({ orders: 10 });
    await others.placed;
    await new Promise((resolve) => setTimeout(resolve, HALT_MS));
    for (const child of halted) child.process.kill('SIGCONT');
    // All of them place the rest of their orders before anything is compared.
    await Promise.all([others, ...halted].map(({ placed }) => placed));
    const verdict = await shop.finish(40_000);
    expect(faultsOf(verdict)).toEqual(NO_FAULTS);
    // Only what was on its way when a process was halted may be in doubt.
    expect(verdict.inDoubt.length).toBeLessThanOrEqual(POINTS.length * 6);
    // What was halted between the commit and the request found its lease gone: it was not sent, however late.
    const owner = `p${String(POINTS.indexOf('C6-sending-committed') + 1)}`;
    const unsent = verdict.inDoubt.filter((row) => row.owner === owner).map(({ number }) => number);
    expect(unsent).not.toEqual([]);
    expect(verdict.inDoubtButSent.filter((number) => unsent.includes(number))).toEqual([]);
  }, 120_000);
});
