// node scripts/mutate.mjs [word …]: takes each guard away in a copy of the sources and shows that a named test notices.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { MUTANTS } from './lib/mutants.mjs';
import { ROOT } from './lib/paths.mjs';

/** What the tests need; never the checkout itself, where people work. */
const SOURCES = [
  'server',
  'shared',
  'simulator',
  'tests',
  'strapi-server.ts',
  'package.json',
  'jest.config.js',
  'tsconfig.base.json',
  'tsconfig.json',
];
/** The slowest named test boots Strapi twice; what hangs without its guard is noticed as well. */
const LIMIT_MS = 180_000;

const words = process.argv.slice(2);
const chosen = MUTANTS.filter(
  ({ guard, file }) => words.length === 0 || words.some((word) => `${guard} ${file}`.includes(word)),
);

/** The file without its guard. A string that is gone or occurs twice means that this list is stale. */
const mutate = ({ guard, file, edits }, source) =>
  edits.reduce((text, [find, replace]) => {
    const found = text.split(find).length - 1;
    if (found !== 1) throw new Error(`Stale mutant "${guard}": found ${found} times in ${file}:\n  ${find}`);
    return text.replace(find, () => replace);
  }, source);

const copy = mkdtempSync(path.join(tmpdir(), 'svitsms-mutants-'));

/** Runs the tests of these files whose names match. Null: they did not come to an end. */
const runTests = (files, name) => {
  const output = path.join(copy, 'result.json');
  rmSync(output, { force: true });
  const jest = path.join(copy, 'node_modules/jest/bin/jest.js');
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const args = [jest, ...files, '-t', escaped, '--maxWorkers=1', '--forceExit', '--json', '--outputFile', output];
  spawnSync(process.execPath, args, { cwd: copy, timeout: LIMIT_MS, killSignal: 'SIGKILL', stdio: 'ignore' });
  try {
    const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
    return testResults.flatMap(({ assertionResults, message }) => [
      ...assertionResults.filter(({ status }) => status === 'passed' || status === 'failed'),
      // A file that does not even load proves nothing about the guard.
      ...(assertionResults.length === 0 ? [{ status: 'broken', fullName: message.split('\n')[0] ?? '' }] : []),
    ]);
  } catch {
    // No result was written: the run was killed.
    return null;
  }
};

const judge = (mutant) => {
  const [files, name] = mutant.tests;
  const place = path.join(copy, mutant.file);
  const source = readFileSync(place, 'utf8');
  const mutated = mutate(mutant, source);
  const healthy = runTests(files, name);
  if (!healthy?.length || healthy.some(({ status }) => status !== 'passed'))
    return { killed: false, by: `"${name}" is not green with the guard in place` };
  writeFileSync(place, mutated);
  try {
    const results = runTests(files, name);
    if (results === null) return { killed: true, by: `${name} (hangs)` };
    const red = results.find(({ status }) => status === 'failed');
    if (red) return { killed: true, by: red.fullName };
    return { killed: false, by: results.find(({ status }) => status === 'broken')?.fullName ?? 'SURVIVED' };
  } finally {
    writeFileSync(place, source);
  }
};

let survivors = 0;
try {
  for (const name of SOURCES)
    cpSync(path.join(ROOT, name), path.join(copy, name), {
      recursive: true,
      filter: (from) => !from.includes(`${path.sep}.artifacts`) && !from.includes(`${path.sep}node_modules`),
    });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  // Stale strings are found before minutes are spent on tests.
  for (const mutant of chosen) mutate(mutant, readFileSync(path.join(copy, mutant.file), 'utf8'));
  for (const mutant of chosen) {
    const started = performance.now();
    const { killed, by } = judge(mutant);
    if (!killed) survivors += 1;
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
    console.log(`${killed ? 'killed  ' : 'SURVIVED'} ${seconds} s  ${mutant.guard.padEnd(58)} ${by}`);
  }
  console.log(`${chosen.length - survivors} of ${chosen.length} guards are missed by a test when they go`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  survivors += 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = survivors > 0 ? 1 : 0;
