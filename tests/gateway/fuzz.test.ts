import { fuzz, READERS } from './support/fuzz';

/** Few enough for a unit test; `node scripts/fuzz-parser.mjs --runs 1000000` does more. */
const RUNS = 2_000;

test('damaged answers end in a result or a GatewayError, soon, and change no prototype', async () => {
  const { findings, outcomes, runs } = await fuzz({ runs: RUNS, seed: 20_260_101 });
  expect(findings).toEqual([]);
  expect(runs).toBe(RUNS);
  // All ways out were taken, so the mutations are neither too wild nor too tame.
  for (const outcome of ['read', 'refused', 'auth', 'http', 'unreadable'])
    expect(outcomes[outcome]).toBeGreaterThan(20);
});

test('every operation of the client is among the readers', () => {
  expect(Object.keys(READERS)).toHaveLength(9);
});

const workFor = (ms: number): void => {
  const { user } = process.cpuUsage();
  while (process.cpuUsage().user - user < ms * 1_000);
};

test.each<[string, () => unknown, RegExp]>([
  ['throws something else', () => JSON.parse('{'), /threw SyntaxError/],
  ['takes long', () => workFor(150), /took \d+ ms/],
])('a reader that %s is found out', async (_name, reader, what) => {
  const { findings } = await fuzz({ runs: 1, seed: 1 }, { planted: reader });
  expect(findings).toEqual([{ reader: 'planted', what: expect.stringMatching(what), body: expect.any(String) }]);
});

test('a reader that changes a prototype is found out', async () => {
  const planted = () => Object.defineProperty(Array.prototype, 'planted', { value: 1, configurable: true });
  try {
    const { findings } = await fuzz({ runs: 1, seed: 1 }, { planted });
    expect(findings.map(({ what }) => what)).toEqual(['a prototype changed']);
  } finally {
    Reflect.deleteProperty(Array.prototype, 'planted');
  }
});
