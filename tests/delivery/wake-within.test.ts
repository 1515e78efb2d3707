import { createLoop, type Loop } from '../../server/src/delivery/loop';

/** Longer than any test may take: a loop that rests so long only goes on when it is woken. */
const FOR_EVER = 60_000;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A loop whose turns are counted; `turns(n)` resolves with the n-th. */
const open = (restMs: (turn: number) => number): { loop: Loop; turns: (count: number) => Promise<void> } => {
  let done = 0;
  let heard: () => void = () => undefined;
  const loop = createLoop('test', () => { done++; heard(); return Promise.resolve(restMs(done)); }, log, () => 0); // prettier-ignore
  const turns = (count: number): Promise<void> =>
    new Promise((resolve) => {
      heard = () => done >= count && resolve();
      heard();
    });
  return { loop, turns };
};
const moment = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('a wake within some time shortens a longer rest', async () => {
  const { loop, turns } = open(() => FOR_EVER);
  loop.start();
  await turns(1);
  await moment();
  loop.wake(5);
  await turns(2);
  await loop.stop();
});

test('a wake within some time that comes during a turn shortens the rest after it', async () => {
  const { loop, turns } = open((turn) => {
    if (turn === 1) loop.wake(5);
    return FOR_EVER;
  });
  loop.start();
  await turns(2);
  await loop.stop();
});

test('a later wake does not put off an earlier one', async () => {
  const { loop, turns } = open(() => FOR_EVER);
  loop.start();
  await turns(1);
  await moment();
  loop.wake(5);
  loop.wake(FOR_EVER);
  await turns(2);
  await loop.stop();
});
