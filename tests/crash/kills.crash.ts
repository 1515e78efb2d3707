import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { KINDS, type Kind } from './support/databases';
import { killRun, type KillReport } from './support/harness';
import { faultsOf, NO_FAULTS } from './support/oracle';
import { POINTS } from './support/points';
import { PASSES_PER_POINT } from './support/schedule';

/** CI: 60 on each database; the figures of docs/guarantees.md were made with KILLS=500. */
const KILLS = Number(process.env['KILLS'] ?? 60);
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000));
const CHILDREN: Readonly<Record<Kind, number>> = { SQLite: 1, PostgreSQL: 2, MariaDB: 2 };
const LIMIT_MS = 180_000 + KILLS * 4_000;

const REPORTS = path.join(__dirname, '../.artifacts/crash-reports.jsonl');

const write = (report: KillReport): string => {
  const { verdict, ...run } = report;
  const { inDoubt, inDoubtButSent, ...rest } = verdict;
  const line = JSON.stringify({ ...run, ...rest, inDoubt: inDoubt.length, inDoubtButSent: inDoubtButSent.length });
  mkdirSync(path.dirname(REPORTS), { recursive: true });
  appendFileSync(REPORTS, `${line}\n`);
  return line;
};

describe(`dispatchers killed under load (seed ${SEED})`, () => {
  it.each(KINDS)(
    '%s: nothing lost, nothing sent twice, no ghost; in doubt only what was being sent',
    async (kind) => {
      const report = await killRun({ kind, kills: KILLS, seed: SEED, children: CHILDREN[kind] });
      process.stdout.write(`${write(report)}\n`);
      const { verdict } = report;
      expect({ seed: SEED, ...faultsOf(verdict) }).toEqual({ seed: SEED, ...NO_FAULTS });
      expect(report.kills).toBeGreaterThanOrEqual(KILLS);
      expect(verdict.orders).toBeGreaterThan(KILLS);
      expect(report.unexplained).toEqual([]);
      expect([...new Set(verdict.inDoubt.map(({ reason }) => reason))]).toEqual(
        verdict.inDoubt.length > 0 ? ['process_died'] : [],
      );
      expect(POINTS.filter((point) => (report.atPoints[point] ?? 0) < PASSES_PER_POINT)).toEqual([]);
    },
    LIMIT_MS,
  );
});
