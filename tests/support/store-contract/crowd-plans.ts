import type { Knex } from 'knex';
import type { Ledger } from '../../../server/src/delivery/ports';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import type { TestDatabase } from '../knex-ledger';
import { ACCOUNT, keyOf, message, NOW, range } from './builders';
import { statementsOf, type Explain } from './statements';

const ROWS = 20_000;
/** Each database's word for putting rows in order by itself, which takes as long as there are rows. */
const SORTS = /filesort|TEMP B-TREE|\bSort\b/;

/** The next batch may be found by its own index as well; MariaDB reads a minimum off an index while it plans, and names none. */
const BY_INDEX = /messages_(plan|batch)_ix|optimized away|No matching min\/max/;

const wanted = { account: ACCOUNT, now: NOW, limit: 50, window: 400, exceptAlphanames: [] };

const SEARCHES: readonly (readonly [string, (ledger: Ledger) => Promise<unknown>])[] = [
  ['service messages', (l) => l.messages.dueForPlan({ ...wanted, lane: 'service', batchId: null })],
  ['a batch', (l) => l.messages.dueForPlan({ ...wanted, lane: 'bulk', batchId: 'batch-1' })],
  ['bulk messages without a batch', (l) => l.messages.dueForPlan({ ...wanted, lane: 'bulk', batchId: null })],
  ['the batches', (l) => l.messages.dueBatches(wanted)],
];

/** Everything waits, as it does after an hour without the gateway: no other column tells the rows apart. */
const fill = (ledger: Ledger): Promise<unknown> =>
  ledger.messages.insertNew(
    range(ROWS).map((index) =>
      message({
        state: 'queued',
        lane: index % 2 === 0 ? 'service' : 'bulk',
        batchId: index % 4 === 1 ? 'batch-1' : null,
        dueAt: NOW - index,
        dedupeKey: keyOf(`crowd-${index}`),
      }),
    ),
  );

/** What leaves next is read from the head of an index, however much waits. */
export const crowdContract = (
  name: string,
  makeDatabase: () => Promise<TestDatabase>,
  explain: Explain,
  analyze: (knex: Knex) => Promise<unknown>,
): void => {
  describe(`plans of ${name} while everything waits`, () => {
    let database: TestDatabase | null = null;
    beforeAll(async () => {
      database = await makeDatabase();
      await fill(createKnexLedger(database.knex));
      await analyze(database.knex);
    }, 120_000);
    afterAll(() => database?.destroy());

    it.each(SEARCHES)('%s', async (_name, run) => {
      if (!database) throw new Error('The database under test is not ready');
      const { knex } = database;
      const statements = await statementsOf(knex, () => run(createKnexLedger(knex)));
      const heads = statements.filter(({ sql }) => /order by|min\(/.test(sql) && !/ in \(/.test(sql));
      expect(heads).not.toEqual([]);
      for (const { sql, bindings } of heads) {
        const { plan } = await explain(knex, sql, bindings);
        expect(plan).not.toMatch(SORTS);
        expect(plan).toMatch(BY_INDEX);
      }
    });
  });
};
