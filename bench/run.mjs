// npm run bench [-- suite ...] [--write]: prints figures as ratios to a ceiling measured in the same run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const SUITES = ['wire', 'documents', 'latency', 'singles', 'bulk', 'claim', 'million', 'engines'];

const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const unknown = named.filter((name) => !SUITES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}; there are ${SUITES.join(', ')}`);
  process.exit(2);
}

const folder = mkdtempSync(path.join(tmpdir(), 'svitsms-bench-'));
const main = (...rest) =>
  spawnSync(process.execPath, ['--expose-gc', '-r', here('./register.cjs'), here('./main.ts'), ...rest], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_FIGURES: path.join(folder, 'figures.jsonl') },
  });

console.log(`${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}`);
try {
  // A process for each: what one leaves in the heap would count as the memory and the pauses of the next.
  for (const suite of SUITES)
    if (named.length === 0 || named.includes(suite)) process.exitCode ||= main(suite).status ?? 1;
  if (args.includes('--write')) process.exitCode ||= main('--write').status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
