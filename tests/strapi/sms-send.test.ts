import type { SendInput } from '../../shared/contracts';
import { getService } from '../../server/src/strapi/services';
import { eventually } from '../support/eventually';
import { openShop, type Shop } from '../support/shop';
import { clean } from './support/clean';

const TO = '+380671112233';
const TEXT = 'Замовлення готове';
const LEFT = ['accepted', 'sent', 'delivered'] as const;

describe('a developer sends one text', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  afterEach(() => clean(shop));

  const sms = () => getService(shop.strapi, 'sms');

  it('queues it and tells the parts', async () => {
    expect(await sms().send({ to: '067 111 22 33', text: TEXT })).toMatchObject({ outcome: 'queued', segmentCount: 1 });
    const [message] = await shop.settled(1, ...LEFT);
    expect(message).toMatchObject({ to: '380671112233', text: TEXT, origin: 'code', createdBy: null, lane: 'service' });
    expect(shop.simulator.control.messages()).toMatchObject([{ recipient: '380671112233', text: TEXT }]);
  });

  it('makes one message of eight calls at once with the same key, whatever they say', async () => {
    const calls = Array.from({ length: 8 }, (_, index) =>
      sms().send({ to: TO, text: `${TEXT} ${index}`, dedupeKey: 'order 7' }),
    );
    const results = await Promise.all(calls);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual([...Array(7).fill('duplicate'), 'queued']);
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    await shop.settled(1, ...LEFT);
    expect(shop.simulator.control.messages()).toHaveLength(1);
  });

  it('makes a new message of every call without a key', async () => {
    await Promise.all([sms().send({ to: TO, text: TEXT }), sms().send({ to: TO, text: TEXT })]);
    await shop.settled(2, ...LEFT);
  });

  it('leaves the key free when the call was rejected', async () => {
    expect(await sms().send({ to: '12', text: TEXT, dedupeKey: 'k' })).toMatchObject({ outcome: 'rejected' });
    expect(await sms().send({ to: TO, text: TEXT, dedupeKey: 'k' })).toMatchObject({ outcome: 'queued' });
  });

  it('waits for a due time in the future', async () => {
    const dueAt = new Date(Date.now() + 3_600_000);
    await sms().send({ to: TO, text: TEXT, dueAt });
    await sms().send({ to: TO, text: TEXT });
    const rows = await eventually(shop.messages, (seen) => seen.some(({ state }) => state === 'accepted'));
    expect(rows.filter(({ state }) => state === 'queued')).toMatchObject([{ dueAt: dueAt.getTime() }]);
    expect(shop.simulator.control.messages()).toHaveLength(1);
  });

  it('sends at the due time', async () => {
    const dueAt = new Date(Date.now() + 300).toISOString();
    await sms().send({ to: TO, text: TEXT, dueAt });
    const [message] = await shop.settled(1, ...LEFT);
    expect(message?.acceptedAt).toBeGreaterThanOrEqual(Math.floor(Date.parse(dueAt) / 1000) * 1000);
  });

  it('fails visibly what was due longer ago than a text is of use', async () => {
    await sms().send({ to: TO, text: TEXT, dueAt: new Date(Date.now() - 25 * 3_600_000) });
    const [message] = await shop.settled(1, 'failed');
    expect(message).toMatchObject({ reason: 'expired_before_sending' });
    expect(shop.simulator.log()).toEqual([]);
  });

  it.each<[string, SendInput, string]>([
    ['bad_phone', { to: '12', text: TEXT }, 'number'],
    ['bad_phone', { to: '', text: TEXT }, 'number'],
    ['bad_phone', { to: '+380441234567', text: TEXT }, 'number'],
    ['bad_phone', { to: '\u0000', text: TEXT }, 'number'],
    ['empty_text', { to: TO, text: '   ' }, 'Text'],
    ['unsendable_text', { to: TO, text: 'a\u0000b' }, ''],
    ['unsendable_text', { to: TO, text: 'a\uD83D' }, ''],
    ['too_long', { to: TO, text: 'ж'.repeat(700) }, 'Shorten'],
    ['too_long', { to: TO, text: 'ж'.repeat(100_000) }, 'Shorten'],
    ['bad_alphaname', { to: TO, text: TEXT, alphaname: 'Магазин' }, 'Sender name'],
    ['bad_alphaname', { to: TO, text: TEXT, alphaname: 'x'.repeat(5_000) }, 'Sender name'],
    ['bad_alphaname', { to: TO, text: TEXT, alphaname: '\u0000' }, 'Sender name'],
  ])('rejects with %s and keeps the row (%#)', async (reason, input, named) => {
    const result = await sms().send(input);
    expect(result).toMatchObject({ outcome: 'rejected', reason, message: expect.stringContaining(named) });
    expect(await shop.messages()).toMatchObject([{ id: result.id, state: 'rejected', reason }]);
    expect(shop.simulator.log()).toEqual([]);
  });

  it.each<[unknown, string, string]>([
    [undefined, 'refused_request', 'object'],
    [null, 'refused_request', 'object'],
    ['+380671112233', 'refused_request', 'object'],
    [[], 'refused_request', 'object'],
    [{ text: TEXT }, 'bad_phone', 'to'],
    [{ to: 380671112233, text: TEXT }, 'bad_phone', 'to'],
    [{ to: [TO], text: TEXT }, 'bad_phone', 'to'],
    [{ to: TO }, 'empty_text', 'text'],
    [{ to: TO, text: null }, 'empty_text', 'text'],
    [{ to: TO, text: TEXT, alphaname: 5 }, 'bad_alphaname', 'alphaname'],
    [{ to: TO, text: TEXT, alphaname: null }, 'bad_alphaname', 'alphaname'],
    [{ to: TO, text: TEXT, dedupeKey: '' }, 'refused_request', 'dedupeKey'],
    [{ to: TO, text: TEXT, dedupeKey: 7 }, 'refused_request', 'dedupeKey'],
    [{ to: TO, text: TEXT, dueAt: 'tomorrow' }, 'refused_time', 'dueAt'],
    [{ to: TO, text: TEXT, dueAt: new Date('nonsense') }, 'refused_time', 'dueAt'],
    [{ to: TO, text: TEXT, dueAt: 1_700_000_000_000 }, 'refused_time', 'dueAt'],
    [{ to: TO, text: TEXT, dueAt: new Date(8.64e15) }, 'refused_time', 'dueAt'],
    [{ to: TO, text: TEXT, dueAt: '9999-12-31T23:59:59Z' }, 'refused_time', 'dueAt'],
  ])('answers a call of the wrong shape without throwing (%#)', async (input, reason, named) => {
    const result = await sms().send(input as SendInput);
    expect(result).toMatchObject({ outcome: 'rejected', id: null, reason, message: expect.stringContaining(named) });
    expect(await shop.messages()).toEqual([]);
  });

  it('is committed with the transaction around it, and rolled back with it', async () => {
    await shop.strapi.db.transaction(async () => {
      await sms().send({ to: TO, text: 'оплачено' });
      expect(shop.simulator.log()).toEqual([]);
    });
    await expect(
      shop.strapi.db.transaction(async () => {
        expect(await sms().send({ to: TO, text: 'скасовано' })).toMatchObject({ outcome: 'queued' });
        throw new Error('the payment failed');
      }),
    ).rejects.toThrow('the payment failed');
    const [message] = await shop.settled(1, ...LEFT);
    expect(message?.text).toBe('оплачено');
  });

  it('lets the transaction go on after a duplicate and a rejected call', async () => {
    await sms().send({ to: TO, text: TEXT, dedupeKey: 'k' });
    await shop.strapi.db.transaction(async () => {
      expect(await sms().send({ to: TO, text: TEXT, dedupeKey: 'k' })).toMatchObject({ outcome: 'duplicate' });
      expect(await sms().send({ to: 'x', text: TEXT })).toMatchObject({ outcome: 'rejected' });
      await shop.order({ customerPhone: null, number: 'T-1' });
    });
    expect(await shop.strapi.db.query('api::order.order').findOne({ where: { number: 'T-1' } })).toBeTruthy();
  });
});
