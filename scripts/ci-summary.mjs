import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Adds up the result files of the CI steps and ends with one plain line. A skipped test of the service or browser suites is a
 * failure: a suite that skips itself where its service is missing would look like a green one.
 */
const FILES = ['unit.json', 'newest-node.json', 'services.json', 'crash.json', 'browser.json'];
const ALL_MUST_RUN = new Set(['services.json', 'crash.json', 'browser.json']);

const folder = process.argv[2];
if (!folder) throw new Error('Usage: node scripts/ci-summary.mjs <folder with the result files>');

const total = { passed: 0, failed: 0 };
for (const name of FILES) {
  const file = path.join(folder, name);
  if (!existsSync(file)) {
    console.log(`${name}: not run`);
    continue;
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  // A suite that cannot even be loaded has no tests to count; it is one failure all the same.
  const failed = result.numFailedTests + (result.numRuntimeErrorTestSuites ?? 0);
  const skipped = (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0);
  console.log(`${name}: ${result.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
  total.passed += result.numPassedTests;
  total.failed += failed + (ALL_MUST_RUN.has(name) ? skipped : 0);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
