import { atMost, createLoop, type Loop } from '../../server/src/delivery/loop';
import { eventually } from '../support/eventually';

const LONG = 600_000;
const errors: string[] = [];
const log = { info: () => undefined, warn: () => undefined, error: (line: string) => void errors.push(line) };
let loop: Loop | null = null;
const start = (turn: () => Promise<number>): Loop => {
  loop = createLoop('test', turn, log, () => Date.now());
  loop.start();
  return loop;
};
const turnsBe = (turns: () => number, count: number) => eventually(turns, (seen) => seen >= count);

afterEach(async () => {
  await loop?.stop();
  errors.length = 0;
});

test('a wake ends the rest, however long it was', async () => {
  let turns = 0;
  start(() => Promise.resolve(++turns && LONG));
  await turnsBe(() => turns, 1);
  loop?.wake();
  await turnsBe(() => turns, 2);
});

test('a wake during a turn is not lost', async () => {
  let turns = 0;
  let finish = (): void => undefined;
  start(async () => {
    turns++;
    if (turns === 1) await new Promise<void>((resolve) => (finish = resolve));
    return LONG;
  });
  loop?.wake();
  loop?.wake();
  finish();
  await turnsBe(() => turns, 2);
});

test('no wake is lost, whenever it comes', async () => {
  let wanted = 0;
  let done = 0;
  start(() => {
    done = wanted;
    return Promise.resolve(LONG);
  });
  for (let round = 0; round < 300; round++) {
    wanted++;
    loop?.wake();
    // Sometimes in the same tick, sometimes a turn of the event loop or a few microtasks later.
    if (round % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    else if (round % 3 === 1) for (let n = 0; n < round % 7; n++) await Promise.resolve();
  }
  await turnsBe(() => done, 300);
});

test('a turn that fails waits, says so, and the loop goes on', async () => {
  let turns = 0;
  start(() => (++turns === 1 ? Promise.reject(new Error('database away')) : Promise.resolve(LONG)));
  await eventually(
    () => loop?.lastError(),
    (seen) => seen === 'database away',
  );
  expect(errors).toEqual(['test: database away']);
  expect(turns).toBe(1);
  loop?.wake();
  await turnsBe(() => turns, 2);
  expect(loop?.lastError()).toBeNull();
  expect(loop?.lastTurnAt()).not.toBeNull();
});

test('a loop with work to do leaves the event loop to others', async () => {
  let turns = 0;
  start(() => Promise.resolve(++turns * 0));
  let timers = 0;
  for (; timers < 5; timers++) await new Promise((resolve) => setTimeout(resolve, 1));
  expect(turns).toBeGreaterThan(5);
});

test('stopping waits for the running turn and starts no other', async () => {
  let turns = 0;
  let finish = (): void => undefined;
  start(async () => {
    turns++;
    await new Promise<void>((resolve) => (finish = resolve));
    return 0;
  });
  await turnsBe(() => turns, 1);
  let stopped = false;
  const stopping = loop?.stop().then(() => (stopped = true));
  loop?.wake();
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(turns).toBe(1);
});

test('stopping a loop that rests is immediate; it can be started again', async () => {
  let turns = 0;
  const resting = start(() => Promise.resolve(++turns && LONG));
  await turnsBe(() => turns, 1);
  await resting.stop();
  await resting.stop();
  resting.wake();
  expect(turns).toBe(1);
  resting.start();
  resting.start();
  await turnsBe(() => turns, 2);
});

test('atMost waits for work that ends, and not longer than told for work that does not', async () => {
  await atMost(Promise.resolve(), LONG);
  await atMost(new Promise(() => undefined), 5);
  await expect(atMost(Promise.reject(new Error('x')), LONG)).rejects.toThrow('x');
});
