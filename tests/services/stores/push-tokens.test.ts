import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import {
  dropPushTokens,
  knowsPushToken,
  pushTokensInUse,
  rotatePushToken,
} from '../../../server/src/strapi/push-tokens';
import { createMysqlDatabase, createPostgresDatabase, type TestDatabase } from '../../support/knex-ledger';

describe.each([
  ['PostgreSQL', createPostgresDatabase],
  ['MariaDB', createMysqlDatabase],
])('push tokens made by two instances at once, on %s', (_name, create) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await create();
  });
  afterAll(() => database.destroy());

  it('both work, and the one before them does not', async () => {
    const ledgers = [createKnexLedger(database.connect()), createKnexLedger(database.connect())];
    const rotate = (ledger: (typeof ledgers)[number]): Promise<string> =>
      ledger.transaction(({ settings }) => rotatePushToken(settings));
    const { settings } = createKnexLedger(database.knex);
    for (let round = 0; round < 20; round++) {
      const before = await rotatePushToken(settings);
      const made = await Promise.all(ledgers.map(rotate));
      const known = await Promise.all([before, ...made].map((token) => knowsPushToken(settings, token)));
      expect(known).toEqual([false, true, true]);
    }
    expect(await dropPushTokens(settings)).toBe(true);
    expect(await pushTokensInUse(settings)).toEqual({ on: false, previousWorks: false });
  });
});
