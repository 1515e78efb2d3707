import knexOf from 'knex';
import { eventually } from '../support/eventually';
import { createCrashDatabase, type Kind } from './support/databases';
import { acceptedIn, faultsOf, NO_FAULTS } from './support/oracle';
import { startPrivateMariadb } from './support/private-mariadb';
import { startPrivatePostgres } from './support/private-postgres';
import { setEnvironment, type PrivateServer } from './support/private-server';
import type { Child } from './support/processes';
import { openCrashShop, type CrashShop } from './support/shop';

const SERVERS: readonly (readonly [Kind, () => Promise<PrivateServer>])[] = [
  ['PostgreSQL', startPrivatePostgres],
  ['MariaDB', startPrivateMariadb],
];

const CRASHES = 6;

/** Texts that leave between two crashes, so that each crash finds requests under way and orders yet to come. */
const TEXTS_BETWEEN = 10;

/** An answer that is late for this is in doubt, rightly; only those that the database kept from the ledger are judged here. */
const REQUEST_TIMEOUT_MS = 5_000;

/** The pool tells of every connection it loses. */
const SILENT = { warn: () => undefined, error: () => undefined };

const openShop = async (kind: Kind): Promise<CrashShop> => {
  const database = await createCrashDatabase(kind);
  const knex = knexOf({ ...database.config, log: SILENT });
  const destroy = async (): Promise<void> => {
    await knex.destroy();
    await database.destroy();
  };
  return openCrashShop({ ...database, knex, destroy });
};

/** How often a process had an answer in hand and no database to write it to. */
const countKept = ({ process }: Child): (() => number) => {
  let count = 0;
  process.stderr?.on('data', (chunk: Buffer) => {
    count += chunk.toString('utf8').split('could not be written yet').length - 1;
  });
  return () => count;
};

/** The database dies under load; the processes live and know answers that nobody else knows. */
describe.each(SERVERS)('%s crashes while orders come in', (kind, startServer) => {
  let server: PrivateServer | undefined;
  let opened: CrashShop | undefined;
  let restore = (): void => undefined;
  afterAll(() => opened?.close());
  afterAll(async () => {
    restore();
    await server?.stop();
  });

  it('nothing lost, nothing sent twice; outcomes are written when it is back', async () => {
    server = await startServer();
    restore = setEnvironment(server.environment);
    const shop = (opened = await openShop(kind));
    const load = { orders: 200, requestTimeoutMs: REQUEST_TIMEOUT_MS };
    const children = await Promise.all([shop.start(load), shop.start(load)]);
    const kept = children.map(countKept);
    const accepted = async (): Promise<number> => {
      await shop.press();
      return acceptedIn(shop.simulator.logFile).length;
    };
    for (let crash = 0; crash < CRASHES; crash++) {
      const enough = (await accepted()) + TEXTS_BETWEEN;
      await eventually(accepted, (seen) => seen >= enough, 60_000);
      await server.crash();
    }
    await Promise.all(children.map(({ placed }) => placed));
    const verdict = await shop.finish(90_000);
    const answersKept = kept.reduce((sum, count) => sum + count(), 0);
    const { orders, states } = verdict;
    process.stdout.write(`${JSON.stringify({ kind, crashes: CRASHES, orders, states, answersKept })}\n`);
    expect(faultsOf(verdict)).toEqual(NO_FAULTS);
    expect(orders).toBeGreaterThan(50);
    // The crashes met the case that this proof is about.
    expect(answersKept).toBeGreaterThan(0);
    // In doubt may be what was marked in a COMMIT that nobody answered; an answer that came is never forgotten.
    expect(verdict.inDoubtButSent).toEqual([]);
  }, 240_000);
});
