import { createCrashDatabase } from './support/databases';
import { faultsOf, NO_FAULTS } from './support/oracle';
import { startPrivatePostgres, type PrivatePostgres } from './support/private-postgres';
import { openCrashShop, type CrashShop } from './support/shop';

const CRASHES = 6;

/** The database dies under load; the processes live and know answers that nobody else knows. */
describe('PostgreSQL crashes while orders come in', () => {
  let server: PrivatePostgres;
  let shop: CrashShop;
  const before = { port: process.env['PGPORT'], host: process.env['PGHOST'] };
  beforeAll(async () => {
    server = await startPrivatePostgres();
    process.env['PGHOST'] = '127.0.0.1';
    process.env['PGPORT'] = String(server.port);
    shop = await openCrashShop(await createCrashDatabase('PostgreSQL'));
  }, 60_000);
  afterAll(async () => {
    await shop.close();
    server.stop();
    for (const [name, value] of [
      ['PGPORT', before.port],
      ['PGHOST', before.host],
    ] as const)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });

  it('nothing lost, nothing sent twice; outcomes are written when it is back', async () => {
    const children = await Promise.all([shop.start({ orders: 200 }), shop.start({ orders: 200 })]);
    for (let crash = 0; crash < CRASHES; crash++) {
      // Not a wait for anything: the time in which orders come before the next crash.
      await new Promise((resolve) => setTimeout(resolve, 600));
      server.crash();
    }
    await Promise.all(children.map(({ placed }) => placed));
    const verdict = await shop.finish(60_000);
    process.stdout.write(`${JSON.stringify({ crashes: CRASHES, orders: verdict.orders, states: verdict.states })}\n`);
    expect(faultsOf(verdict)).toEqual(NO_FAULTS);
    expect(verdict.orders).toBeGreaterThan(50);
    // In doubt may be what was marked in a COMMIT that nobody answered; an answer that came is never forgotten.
    expect(verdict.inDoubtButSent).toEqual([]);
  }, 180_000);
});
