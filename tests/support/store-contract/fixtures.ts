import type { Random } from '../../../server/src/delivery/ports';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import type { TestDatabase } from '../knex-ledger';
import { createMemoryLedger } from '../memory-ledger';
import type { LedgerFixture } from './fixture';

/** The head of the queue, so that tests know what to expect. */
const HEAD: Random = () => 0;

export const memoryFixture = (): LedgerFixture => {
  let random: Random = HEAD;
  const make = () => createMemoryLedger({ random: () => random() });
  let ledger = make();
  return {
    get ledger() {
      return ledger;
    },
    others: (count) => Array.from({ length: count }, () => ledger),
    withRandom: (chosen) => {
      random = () => {
        random = HEAD;
        return chosen();
      };
      return ledger;
    },
    concurrent: false,
    clear: () => {
      ledger = make();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
};

/** @param concurrent whether several connections may write at the same moment */
export const knexFixture = (database: TestDatabase, concurrent: boolean): LedgerFixture => {
  const ledger = createKnexLedger(database.knex, { random: HEAD });
  const pools = concurrent ? Array.from({ length: 8 }, () => createKnexLedger(database.connect())) : [];
  return {
    ledger,
    others: (count) => Array.from({ length: count }, (_, index) => pools[index] ?? ledger),
    withRandom: (random) => createKnexLedger(database.knex, { random }),
    concurrent,
    clear: () => database.clear(),
    close: () => database.destroy(),
  };
};
