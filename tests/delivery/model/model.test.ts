import fc from 'fast-check';
import { commands, type Model } from './commands';
import { openWorld } from './world';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 500);
const SEED = process.env['MODEL_SEED'];

/**
 * Whatever happens in whatever order, the promise holds: at most once, nothing lost, no illegal move. A failure prints its
 * seed and the shortest list of commands; MODEL_SEED runs it again.
 */
test(`the promise holds in ${RUNS} random histories`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { size: 'max', maxCommands: 150 }), fc.boolean(), async (history, late) => {
      const world = await openWorld();
      const model: Model = { messages: 0, hanging: 0 };
      await fc.asyncModelRun(() => ({ model, real: world }), history);
      // Answers that are still on their way come before everything is over, or never.
      for (const { answer, done } of late ? world.onTheirWay : []) {
        answer();
        await done;
      }
      await world.calm();
      await world.checkEnd();
    }),
    { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
  );
}, 3_600_000);
