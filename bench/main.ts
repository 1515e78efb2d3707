import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { formatFigure, round, type Figure } from './support/report';
import { bulk } from './suites/bulk';
import { claim } from './suites/claim';
import { documents } from './suites/documents';
import { engines } from './suites/engines';
import { latency } from './suites/latency';
import { million } from './suites/million';
import { singles } from './suites/singles';
import { wire } from './suites/wire';

const SUITES: ReadonlyMap<string, () => Promise<Figure[]>> = new Map([
  ['wire', wire],
  ['documents', documents],
  ['latency', latency],
  ['singles', singles],
  ['bulk', bulk],
  ['claim', claim],
  ['million', million],
  ['engines', engines],
]);

const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;

/** Where the processes of one run leave their figures, a line each. */
const FIGURES = process.env['BENCH_FIGURES'] ?? '';

/** Runs one suite, or writes the page of what the suites before left. */
const main = async ([wanted = '']: readonly string[]): Promise<void> => {
  if (wanted === '--write') {
    const lines = readFileSync(FIGURES, 'utf8').split('\n').filter(Boolean);
    // Written below.
    await write(
      path.resolve(__dirname, '../docs/performance.md'),
      lines.map((line) => JSON.parse(line) as Figure),
    );
    return;
  }
  const suite = SUITES.get(wanted);
  if (!suite) throw new Error(`There is no suite ${wanted}; there are ${[...SUITES.keys()].join(', ')}`);
  for (const one of await suite()) {
    console.log(formatFigure(one));
    if (FIGURES) appendFileSync(FIGURES, `${JSON.stringify(one)}\n`);
  }
};

const write = async (file: string, figures: readonly Figure[]): Promise<void> => {
  const notes = readFileSync(path.resolve(__dirname, 'notes.md'), 'utf8');
  const text = `${page(figures)}\n${notes}`;
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
};

const page = (figures: readonly Figure[]): string => `# Performance

Measured by \`npm run bench -- --write\` on ${machine()}. Every ceiling is measured in the same run, so that figures of two
machines can be compared; single runs on a busy machine vary by a tenth or more.

| What | Figure | Goal | |
|---|---|---|---|
${figures.map((one) => `| ${one.what} | ${round(one.value)} ${one.unit === 'ratio' ? '' : one.unit} | ${one.goal ?? ''} | ${one.met === null ? '' : one.met ? 'met' : '**missed**'}: ${one.detail} |`).join('\n')}
`;

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
