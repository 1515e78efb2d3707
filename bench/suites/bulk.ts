import { planDue } from '../../server/src/delivery/plan';
import { onEachDatabase, type DatabaseName } from '../support/databases';
import { messageOf, runnerOf, setUp, type BenchSetup } from '../support/dispatcher';
import { figure, median, type Figure } from '../support/report';
import { createStubTransport } from '../support/stub-transport';
import { waitUntil } from '../support/wait';
import { toRow } from '../../server/src/strapi/stores/message-row';
import type { Message } from '../../server/src/domain/message';
import type { Knex } from 'knex';

const MESSAGES = 30_000;
const PER_REQUEST = 500;
const IN_FLIGHT = 4;
const GOALS: Readonly<Record<DatabaseName, number>> = { SQLite: 0.5, PostgreSQL: 0.6, MariaDB: 0.3 };

const messages = (account: string): Message[] =>
  Array.from({ length: MESSAGES }, (_, n) => messageOf(n, account, { lane: 'bulk' }));

/** Rows a second into the same table with its indexes, 500 at a time, and nothing else. */
const ceiling = async (knex: Knex, account: string): Promise<number> => {
  const rows = messages(account).map(toRow);
  const began = performance.now();
  for (let start = 0; start < rows.length; start += 500) {
    await knex('svitsms_messages').insert(rows.slice(start, start + 500));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const rate = (rows.length / (performance.now() - began)) * 1_000;
  await knex('svitsms_messages').delete();
  return rate;
};

/** Everything is sealed before the clock starts. */
const seal = async (setup: BenchSetup): Promise<void> => {
  await setup.ledger.messages.insertNew(messages(setup.account.key));
  // Only the planner's room depends on the slots: enough for all.
  const deps = { ...setup.deps, sending: { ...setup.deps.sending, inFlight: MESSAGES / PER_REQUEST } };
  while ((await planDue(deps, setup.account)) > 0);
};

const round = async (knex: Knex): Promise<{ rate: number; top: number }> => {
  const stub = createStubTransport();
  const setup = setUp(knex, 'http://127.0.0.1/stub', {
    transport: stub.transport,
    sending: { inFlight: IN_FLIGHT, bulkSize: PER_REQUEST },
  });
  const top = await ceiling(knex, 'nobody');
  await seal(setup);
  const runner = runnerOf(setup);
  const began = performance.now();
  await runner.start();
  await waitUntil(() => Promise.resolve(stub.accepted() >= MESSAGES), 5);
  await waitUntil(async () => (await setup.ledger.messages.countByState()).accepted === MESSAGES, 10);
  const rate = (MESSAGES / (performance.now() - began)) * 1_000;
  await runner.stop(5_000);
  return { rate, top };
};

/** From sealed to accepted in campaigns: marked as sending, written as XML, the answer read, every message recorded. */
export const bulk = (): Promise<Figure[]> =>
  onEachDatabase(async (name, { knex, clear }) => {
    const rounds: { rate: number; top: number }[] = [];
    for (let n = 0; n < 3; n++) {
      rounds.push(await round(knex));
      await clear();
    }
    const [rate, top] = [median(rounds.map((one) => one.rate)), median(rounds.map((one) => one.top))];
    const ratio = median(rounds.map((one) => one.rate / one.top));
    return figure(`Bulk, sealed to accepted, ${name}, against inserts alone`, ratio, {
      atLeast: GOALS[name],
      detail: `${rate.toFixed(0)}/s against ${top.toFixed(0)}/s (campaigns of ${PER_REQUEST}, ${IN_FLIGHT} in flight, no network)`,
    });
  });
