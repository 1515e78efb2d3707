import { openShop, type Shop } from '../support/shop';

describe('an order is placed', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.quiet();
    await shop.strapi.db.connection('svitsms_messages').delete();
    await shop.strapi.db.connection('svitsms_decisions').delete();
    shop.simulator.control.reset();
    shop.simulator.control.updateSettings({ timings: { sentAfterMs: 10, deliveredAfterMs: 20 } });
  });

  it('texts the buyer once, and the log reaches delivered', async () => {
    await shop.order({ number: 'B-7' });
    await shop.settled(1, 'accepted', 'sent', 'delivered');
    expect(shop.simulator.control.messages()).toMatchObject([
      { recipient: '380671234567', text: 'Дякуємо, Олена! Замовлення B-7 прийнято.' },
    ]);
    await shop.settled(1, 'delivered');
  });

  it('sends nothing for an order that was rolled back', async () => {
    await expect(
      shop.strapi.db.transaction(async () => {
        await shop.order();
        throw new Error('the payment failed');
      }),
    ).rejects.toThrow('the payment failed');
    await shop.quiet();
    expect(await shop.messages()).toEqual([]);
    expect(shop.simulator.log()).toEqual([]);
  });

  it('texts once when the state flips back and forth', async () => {
    const documentId = await shop.order();
    for (const state of ['paid', 'new', 'paid'])
      await shop.strapi.documents('api::order.order' as never).update({ documentId, data: { state } as never });
    await shop.quiet();
    expect((await shop.messages()).map(({ ruleKey }) => ruleKey).sort()).toEqual(['order-paid', 'order-placed']);
  });

  it('keeps a reason when the number is no good, and the order stands', async () => {
    const documentId = await shop.order({ customerPhone: '12' });
    const [message] = await shop.settled(1, 'rejected');
    expect(message).toMatchObject({ reason: 'bad_phone', documentId });
    expect(message?.detail).toBeTruthy();
  });

  it('keeps a reason when a placeholder is empty', async () => {
    await shop.order({ customerName: null });
    const [message] = await shop.settled(1, 'rejected');
    expect(message).toMatchObject({ reason: 'empty_placeholder' });
  });

  it('says why nothing was sent when there is no number', async () => {
    const documentId = await shop.order({ customerPhone: null });
    await shop.quiet();
    const { results } = await shop.container.ledger.decisions.list({ documentId }, { page: 1, pageSize: 10 });
    expect(results).toMatchObject([{ ruleKey: 'order-placed', outcome: 'skipped', reason: 'no_recipient' }]);
  });

  it('hears writes that bypass the document service', async () => {
    await shop.strapi.db.query('api::order.order').create({
      data: {
        documentId: 'bare0000000000000000000a',
        number: 'Q-1',
        customerName: 'Іван',
        customerPhone: '0501112233',
      },
    });
    await shop.settled(1, 'accepted', 'sent', 'delivered');
    await shop.strapi.db
      .query('api::order.order')
      .update({ where: { documentId: 'bare0000000000000000000a' }, data: { state: 'paid' } });
    await shop.settled(2, 'accepted', 'sent', 'delivered');
  });
});
