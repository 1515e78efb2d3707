import { openShop, type Shop } from '../support/shop';

describe('order and intent are one', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it('an intent that cannot be written takes the order with it', async () => {
    const database = shop.strapi.db.connection;
    await database.raw(
      "create trigger refuse before insert on svitsms_intents begin select raise(abort, 'the disk is full'); end",
    );
    try {
      await expect(shop.order()).rejects.toThrow();
    } finally {
      await database.raw('drop trigger refuse');
    }
    expect(await shop.strapi.documents('api::order.order' as never).count({})).toBe(0);
  });
});
