import { createLoop } from '../../server/src/delivery/loop';
import { inChunks } from '../../server/src/strapi/stores/chunks';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Counts the turns that others get at the event loop until it is told to end. */
const onlooker = (): { turns: () => number; end: () => void } => {
  let turns = 0;
  let ended = false;
  const look = (): void => {
    turns += 1;
    if (!ended) setImmediate(look);
  };
  setImmediate(look);
  return { turns: () => turns, end: () => (ended = true) };
};

// Work that answers within the same tick is what better-sqlite3 gives.
test('between portions of a long work the event loop turns', async () => {
  const others = onlooker();
  const seen = await inChunks(
    Array.from({ length: 10 }, (_, index) => index),
    () => Promise.resolve(others.turns()),
    1,
  );
  others.end();
  expect(seen.at(-1)).toBeGreaterThanOrEqual(5);
});

test('between turns of a busy loop the event loop turns', async () => {
  const others = onlooker();
  let turns = 0;
  const seen = await new Promise<number>((resolve) => {
    const loop = createLoop(
      'busy',
      () => {
        turns += 1;
        if (turns === 10) {
          resolve(others.turns());
          void loop.stop();
        }
        return Promise.resolve(0);
      },
      log,
      () => 0,
    );
    loop.start();
  });
  others.end();
  expect(seen).toBeGreaterThanOrEqual(5);
});
