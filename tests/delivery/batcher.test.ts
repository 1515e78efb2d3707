import fc from 'fast-check';
import { createBatcher } from '../../server/src/delivery/batcher';

const gate = (): { open: () => void; passed: Promise<void> } => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
};
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what comes while a run is under way goes together into the next', async () => {
  const groups: number[][] = [];
  const first = gate();
  const add = createBatcher<number, number>(async (items) => {
    groups.push([...items]);
    if (groups.length === 1) await first.passed;
    return items.map((item) => item * 2);
  });
  const results = [add(1), add(2)];
  await tick();
  await tick();
  results.push(add(3), add(4), add(5));
  first.open();
  expect(await Promise.all(results)).toEqual([2, 4, 6, 8, 10]);
  expect(groups).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

test('everybody gets the answer to what they gave, in whatever order they come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(fc.nat(), { maxLength: 30 }), async (scheduler, items) => {
      const add = createBatcher<number, string>((group) =>
        scheduler.schedule(Promise.resolve(group.map((item) => `#${item}`))),
      );
      const answers = items.map((item) => scheduler.schedule(Promise.resolve()).then(() => add(item)));
      const done = Promise.all(answers);
      let over = false;
      const watch = done.then(() => (over = true));
      while (!over) {
        if (scheduler.count() > 0) await scheduler.waitOne();
        else await tick();
      }
      await watch;
      expect(await done).toEqual(items.map((item) => `#${item}`));
    }),
    { numRuns: 50 },
  );
});

test('a run that fails concerns only those in it', async () => {
  let runs = 0;
  const add = createBatcher<number, number>((items) =>
    ++runs === 1 ? Promise.reject(new Error('database away')) : Promise.resolve([...items]),
  );
  await expect(Promise.all([add(1), add(2)])).rejects.toThrow('database away');
  expect(await add(3)).toBe(3);
});

test('a run that answers too few is a mistake that is told, not a wait for ever', async () => {
  const add = createBatcher<number, number>((items) => Promise.resolve(items.slice(0, 1)));
  const [one, two] = await Promise.allSettled([add(1), add(2)]);
  expect(one).toEqual({ status: 'fulfilled', value: 1 });
  expect(two).toMatchObject({ status: 'rejected' });
});

test('a group is no larger than allowed', async () => {
  const sizes: number[] = [];
  const add = createBatcher<number, number>(
    (items) => {
      sizes.push(items.length);
      return Promise.resolve([...items]);
    },
    { maxItems: 4 },
  );
  await Promise.all(Array.from({ length: 10 }, (_, n) => add(n)));
  expect(sizes).toEqual([4, 4, 2]);
});
