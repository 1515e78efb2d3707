import type { SendManyInput } from '../../shared/contracts';
import { getService } from '../../server/src/strapi/services';
import { openShop, type Shop } from '../support/shop';
import { clean } from './support/clean';

const PEOPLE = ['+380671112201', '+380671112202', '+380671112203'];
const LEFT = ['accepted', 'sent', 'delivered'] as const;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
afterEach(() => clean(shop));

describe('a developer sends to many', () => {
  const sms = () => getService(shop.strapi, 'sms');
  const received = () =>
    shop.simulator.control
      .messages()
      .map(({ recipient, text }) => `${recipient} ${text}`)
      .sort();

  it('one text', async () => {
    const result = await sms().sendMany({ recipients: PEOPLE, text: 'Знижки', name: 'Осінь' });
    expect(result).toMatchObject({ total: 3, queued: 3, duplicates: 0, rejected: [] });
    const rows = await shop.settled(3, ...LEFT);
    expect(new Set(rows.map(({ batchId }) => batchId))).toEqual(new Set([result.batchId]));
    expect(received()).toEqual(PEOPLE.map((number) => `${number.slice(1)} Знижки`));
  });

  it('a text for each', async () => {
    const messages = PEOPLE.map((to, index) => ({ to, text: `Ваш код ${index}` }));
    expect(await sms().sendMany({ messages })).toMatchObject({ total: 3, queued: 3 });
    await shop.settled(3, ...LEFT);
    expect(received()).toEqual(PEOPLE.map((number, index) => `${number.slice(1)} Ваш код ${index}`));
  });

  it('once to a number that is listed twice, and with a reason for each that is no good', async () => {
    const recipients = ['0671112201', 'мама', '+380671112201', '', '+380441234567'];
    const result = await sms().sendMany({ recipients, text: 'Знижки' });
    expect(result).toMatchObject({ total: 5, queued: 1, duplicates: 1 });
    expect(result.rejected).toMatchObject([
      { to: 'мама', reason: 'bad_phone' },
      { to: '', reason: 'bad_phone' },
      { to: '+380441234567', reason: 'bad_phone' },
    ]);
    await shop.quiet();
    expect(received()).toEqual(['380671112201 Знижки']);
  });

  it('once, however often the same key comes', async () => {
    const press = () => sms().sendMany({ recipients: PEOPLE, text: 'Знижки', dedupeKey: 'autumn' });
    const [first, second] = await Promise.all([press(), press()]);
    expect(second?.batchId).toBe(first?.batchId);
    expect([first?.queued, second?.queued].sort()).toEqual([0, 3]);
    expect([first?.duplicates, second?.duplicates].sort()).toEqual([0, 3]);
    await shop.settled(3, ...LEFT);
    expect(received()).toHaveLength(3);
  });

  it('within the transaction around it', async () => {
    await expect(
      shop.strapi.db.transaction(async () => {
        await sms().sendMany({ recipients: PEOPLE, text: 'Знижки' });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await shop.quiet();
    expect(await shop.messages()).toEqual([]);
  });

  it.each<[unknown, string]>([
    [undefined, 'object'],
    [{}, 'recipients and text, or messages'],
    [{ recipients: PEOPLE }, 'recipients and text'],
    [{ recipients: [], text: 'x' }, 'recipients'],
    [{ recipients: [7], text: 'x' }, 'recipients.0'],
    [{ recipients: PEOPLE, text: 'x', messages: [{ to: '1', text: 'x' }] }, 'either'],
    [{ recipients: PEOPLE, text: 'x', dueAt: new Date(8.64e15) }, 'dueAt'],
  ])('and is told what is wrong with a call (%#)', async (input, named) => {
    await expect(sms().sendMany(input as SendManyInput)).rejects.toThrow(RangeError);
    await expect(sms().sendMany(input as SendManyInput)).rejects.toThrow(named);
    expect(await shop.messages()).toEqual([]);
  });
});

describe('a developer asks the gateway', () => {
  const service = <Name extends 'balance' | 'alphanames' | 'campaigns'>(name: Name) => getService(shop.strapi, name);
  const campaign = async (): Promise<string> => {
    await getService(shop.strapi, 'sms').send({ to: PEOPLE[0] ?? '', text: 'Вітаємо' });
    const [message] = await shop.settled(1, ...LEFT);
    return message?.campaignId ?? '';
  };

  it('for the balance', async () => {
    shop.simulator.control.updateSettings({ balance: '27.405' });
    expect(await service('balance').get()).toMatchObject({ amount: '27.405', currency: 'UAH' });
  });

  it('for sender names', async () => {
    const names = await service('alphanames').list();
    expect(names).toContainEqual({ alphaname: 'MyShop', status: 'ACTIVE', state: 'active', isDefault: true });
    expect(names).toContainEqual({ alphaname: 'NewBrand', status: 'MODERATE', state: 'moderating', isDefault: false });
    expect(await service('alphanames').check('Casino777')).toMatchObject({ status: 'BLOCKED', state: 'blocked' });
    expect(await service('alphanames').add('Kyivstar')).toMatchObject({
      state: 'moderating',
      warnings: [expect.stringContaining('mobile operator')],
    });
  });

  it('for a campaign', async () => {
    const id = await campaign();
    expect(await service('campaigns').info(id)).toMatchObject({ campaignId: id, finished: expect.any(Boolean) });
    expect(await service('campaigns').detail(id)).toMatchObject({ messages: [{ recipient: '380671112201' }] });
  });

  it.each([
    ['reset-before', {}, /connection|reached|broke/],
    ['http-error', { status: 503 }, /HTTP 503/],
    ['html', {}, /not its protocol/],
    ['empty', {}, /not its protocol/],
    ['redirect', {}, /another address/],
    ['wrong-login', {}, /login or the password/],
  ] as const)('and a gateway that fails (%s) is told as a sentence', async (kind, params, sentence) => {
    const questions = [
      () => service('balance').get(),
      () => service('alphanames').list(),
      () => service('alphanames').check('MyShop'),
      () => service('alphanames').add('NewName'),
      () => service('campaigns').info('12345'),
      () => service('campaigns').detail('12345'),
    ];
    for (const question of questions) {
      shop.simulator.control.addFault({ kind, params });
      const error: unknown = await question().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ name: 'GatewayError', message: expect.stringMatching(sentence) });
      expect(String(error)).not.toMatch(/simulator|380\d/);
    }
  });

  it('and what it does not know is told', async () => {
    await expect(service('campaigns').info('12345')).rejects.toThrow('knows no such campaign');
    await expect(service('campaigns').detail('12345')).rejects.toThrow('knows no such campaign');
    await expect(service('campaigns').info('')).rejects.toThrow('campaignId');
    await expect(service('alphanames').check('')).rejects.toThrow('alphaname');
    await expect(service('alphanames').add('Надто довге ім’я')).rejects.toThrow('alphaname');
  });
});
