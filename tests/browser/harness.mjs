import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/paths.mjs';

export const SHOTS = path.join(ROOT, 'tests/.artifacts/screenshots');

/** Runs scenarios one after another, each against what the one before left; counts, and keeps a picture of a failure. */
export const createHarness = ({ page }) => {
  const results = [];
  rmSync(SHOTS, { recursive: true, force: true });
  mkdirSync(SHOTS, { recursive: true });
  const shot = (name, target = page()) =>
    // "disabled" takes the picture with every animation at its end.
    target.screenshot({ path: path.join(SHOTS, `${name}.png`), animations: 'disabled' });

  const scenario = async (name, run) => {
    const since = performance.now();
    try {
      await run();
      results.push({ name, ok: true });
      console.log(`✓ ${name} (${Math.round(performance.now() - since)} ms)`);
    } catch (error) {
      results.push({ name, ok: false });
      console.error(`✗ ${name}\n${error.stack}`);
      await shot(`failed-${results.length}`).catch((problem) => console.error(`No picture: ${problem.message}`));
    }
  };

  /** Writes the counts in the words of Jest's result file, which CI adds up. */
  const finish = (file) => {
    const passed = results.filter(({ ok }) => ok).length;
    const failed = results.length - passed;
    if (file) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 0 }));
    }
    console.log(`Browser: ${passed} of ${results.length} scenarios passed. Screenshots: ${SHOTS}`);
    return failed === 0 && passed > 0;
  };
  return { scenario, shot, finish };
};
