import { createBatcher } from '../../server/src/delivery/batcher';

const open = (options: Parameters<typeof createBatcher>[1] = {}) => {
  const runs: (readonly number[])[] = [];
  const ask = createBatcher<number, number>((items) => {
    runs.push(items);
    return Promise.resolve(items.map((item) => item * 10));
  }, options);
  return { runs, ask };
};

/** Longer than any test may take: whoever waits for it fails. */
const FOR_EVER = 60_000;

test('who expects nobody does not wait', async () => {
  const { ask } = open({ linger: { ms: FOR_EVER, expected: () => 0 } });
  expect(await ask(1)).toBe(10);
});

test('a run waits for those that are expected and begins with the last of them', async () => {
  let expected = 2;
  const { runs, ask } = open({ linger: { ms: FOR_EVER, expected: () => expected } });
  const first = ask(1);
  await new Promise((resolve) => setImmediate(resolve));
  expected = 1;
  const second = ask(2);
  await new Promise((resolve) => setImmediate(resolve));
  expect(runs).toEqual([]);
  expected = 0;
  expect(await Promise.all([first, second, ask(3)])).toEqual([10, 20, 30]);
  expect(runs).toEqual([[1, 2, 3]]);
});

test('a run waits only so long for somebody who does not come', async () => {
  const { runs, ask } = open({ linger: { ms: 1, expected: () => 1 } });
  expect(await ask(1)).toBe(10);
  expect(runs).toEqual([[1]]);
});

test('a full run waits for nobody', async () => {
  const { runs, ask } = open({ maxItems: 2, linger: { ms: FOR_EVER, expected: () => 5 } });
  expect(await Promise.all([ask(1), ask(2)])).toEqual([10, 20]);
  expect(runs).toEqual([[1, 2]]);
});
