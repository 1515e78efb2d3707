import { sendMany } from '../../server/src/delivery/send-now';
import { createSqliteDatabase } from '../../tests/support/knex-ledger';
import { runnerOf, setUp } from '../support/dispatcher';
import { watchLoop } from '../support/loop-gap';
import { figure, type Figure } from '../support/report';
import { createStubTransport } from '../support/stub-transport';
import { pause, waitUntil } from '../support/wait';

const RECIPIENTS = Number(process.env['BENCH_RECIPIENTS'] ?? 1_000_000);
/** What docs/developers.md recommends to hand over at a time: SQLite writes a commit to the disk within one turn of the loop. */
const CHUNK = 500;
const AT_ONCE = 100_000;
const TEXT = 'Знижка 20% на все до неділі.';
const MB = 2 ** 20;

const numbers = (from: number, count: number): { to: string; text: string }[] =>
  Array.from({ length: count }, (_, n) => ({ to: `+38067${String(from + n).padStart(7, '0')}`, text: TEXT }));

const collected = (): number => {
  globalThis.gc?.();
  return process.memoryUsage.rss();
};

/** A million recipients: streamed in, planned and sent while they come; and a hundred thousand in one call. */
export const million = async (): Promise<Figure[]> => {
  const database = await createSqliteDatabase();
  const stub = createStubTransport();
  const setup = setUp(database.knex, 'http://127.0.0.1/stub', {
    transport: stub.transport,
    sending: { inFlight: 4, bulkSize: 100 },
  });
  const { ledger, deps } = setup;
  const runner = runnerOf(setup);
  const enqueue = (from: number, count: number, key: string): Promise<unknown> =>
    ledger.transaction((inner) =>
      sendMany(
        inner,
        { messages: numbers(from, count), individual: false, dedupeKey: key, origin: 'code', createdBy: null },
        deps,
      ),
    );
  try {
    await runner.start();
    await enqueue(0, 2_000, 'warm-up');
    await waitUntil(() => Promise.resolve(stub.accepted() >= 2_000));
    const before = collected();
    let peak = before;
    const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
    const gap = watchLoop();
    const began = performance.now();
    for (let from = 2_000; from < RECIPIENTS; from += CHUNK) {
      await enqueue(from, Math.min(CHUNK, RECIPIENTS - from), 'million');
      runner.nudge({ kind: 'plan' });
    }
    const streamed = performance.now() - began;
    await waitUntil(() => Promise.resolve(stub.accepted() >= RECIPIENTS));
    const seconds = (performance.now() - began) / 1_000;
    clearInterval(sampler);
    gap.stop();
    await runner.stop(5_000);
    const call = watchLoop();
    await enqueue(2_000_000, AT_ONCE, 'at once');
    // The commit ends in the same turn as the call: only the next one shows how long it took.
    await pause(50);
    call.stop();
    const detail = `${RECIPIENTS} recipients in ${seconds.toFixed(0)} s, of which ${(streamed / 1_000).toFixed(0)} s to stream them in (SQLite, campaigns of 100, no network)`;
    return [
      figure('A million recipients: growth of memory', (peak - before) / MB, { unit: 'MB', atMost: 100, detail }),
      figure('A million recipients: longest gap of the event loop', gap.longest(), { unit: 'ms', atMost: 50, detail }),
      figure(`sendMany of ${AT_ONCE} in one call: longest gap of the event loop`, call.longest(), {
        unit: 'ms',
        atMost: 50,
        detail: 'one transaction; SQLite writes it to the disk within one turn',
      }),
    ];
  } finally {
    await database.destroy();
  }
};
