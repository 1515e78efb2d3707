import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knexOf, { type Knex } from 'knex';
import { DEFAULT_TABLES } from '../../../server/src/strapi/stores/table-names';
import { status } from '../../strapi/support/restart';
import { mysqlConfig } from '../../support/knex-ledger';
import { openShop, type Shop } from '../../support/shop';

const database = `svitsms_latin1_${randomUUID().slice(0, 8)}`;
const { connection } = mysqlConfig(database);

describe('a MariaDB that was made with latin1', () => {
  let admin: Knex;
  let shop: Shop | undefined;
  const dir = mkdtempSync(path.join(tmpdir(), 'svitsms-latin1-'));
  beforeAll(async () => {
    admin = knexOf({ ...mysqlConfig('mysql'), pool: { min: 0, max: 1 } });
    await admin.raw(`create database ${database} character set latin1`);
  });
  afterAll(async () => {
    await shop?.close();
    await admin.raw(`drop database if exists ${database}`);
    await admin.destroy();
  });

  const open = (more: object = {}): Promise<Shop> =>
    openShop({ dir, connection: { client: 'mysql', connection }, ...more });

  /** What an owner does: the database's own default, then every table. */
  const convert = async (): Promise<void> => {
    await admin.raw(`alter database ${database} character set utf8mb4`);
    const [tables] = await admin.raw(
      'select table_name as name from information_schema.tables where table_schema = ?',
      [database],
    );
    await admin.raw('set foreign_key_checks = 0');
    for (const { name } of tables)
      await admin.raw(`alter table ${database}.?? convert to character set utf8mb4`, [name]);
  };

  it('keeps orders, sends nothing and says why; converted, it sends what waited', async () => {
    shop = await open();
    await shop.order({ number: 'L-1', customerName: 'Olena' });
    expect(await shop.strapi.db.query('api::order.order').count()).toBe(1);
    const knex = shop.strapi.db.connection;
    expect(await knex(DEFAULT_TABLES.intent).where({ state: 'pending' })).toHaveLength(1);
    expect(await status(shop)).toMatchObject({
      pauses: [{ reason: 'database_charset', detail: expect.stringMatching(/Ukrainian letters.*utf8mb4/) }],
    });
    // A text given by hand is refused with the same sentence and never half written.
    const refused = await shop.strapi.plugin('svitsms').service('sms').send({ to: '0671234567', text: 'Вітаємо' });
    expect(refused).toMatchObject({ outcome: 'rejected', message: expect.stringContaining('utf8mb4') });
    expect(shop.simulator.log()).toEqual([]);

    await shop.stop();
    await convert();
    shop = await open({ simulator: shop.simulator });
    await shop.settled(1, 'accepted', 'sent', 'delivered');
    await shop.order({ number: 'L-2', customerName: 'Ґалаґан 😀' });
    await shop.settled(2, 'accepted', 'sent', 'delivered');
    const texts = shop.simulator.control.messages().map(({ text }) => text);
    expect(texts.sort()).toEqual([
      'Дякуємо, Olena! Замовлення L-1 прийнято.',
      'Дякуємо, Ґалаґан 😀! Замовлення L-2 прийнято.',
    ]);
    expect((await status(shop)).pauses).toEqual([]);
  }, 240_000);
});
