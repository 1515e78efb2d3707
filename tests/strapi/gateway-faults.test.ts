import { startSimulator } from '../../simulator';
import { getService } from '../../server/src/strapi/services';
import { credentialsOf, openShop, type Shop } from '../support/shop';
import { eventually } from '../support/eventually';
import { clean } from './support/clean';
import { superAdmin, type Person } from './support/people';
import { LEFT, paused, running, status, textsAtGateway } from './support/restart';

describe('the gateway', () => {
  let shop: Shop;
  let person: Person;
  beforeAll(async () => {
    shop = await openShop();
    person = await superAdmin(shop);
  });
  afterAll(() => shop.close());
  afterEach(() => clean(shop));

  const send = (text: string, to = '+380671112233') => getService(shop.strapi, 'sms').send({ to, text });
  /** The button of the settings page: what works now may leave now. */
  const testConnection = async () => (await person.call('POST', '/svitsms/connection/test')).body;

  it('has too little money, and the texts leave after a top-up', async () => {
    shop.simulator.control.updateSettings({ balance: '0.100' });
    await send('перший');
    await send('другий');
    const pause = await paused(shop, 'no_funds');
    expect(pause?.detail).toMatch(/top up/);
    expect(await testConnection()).toMatchObject({ ok: true, balance: { amount: '0.100' } });
    await shop.settled(2, 'queued', 'claimed');

    shop.simulator.control.updateSettings({ balance: '100.000' });
    expect(await testConnection()).toMatchObject({ ok: true });
    await shop.settled(2, ...LEFT);
    await running(shop);
    expect(textsAtGateway(shop)).toEqual(['другий', 'перший']);
  });

  it('refuses the sender name, and only its texts wait', async () => {
    shop.simulator.control.updateSettings({ alphanames: [{ name: 'MyShop', status: 'BLOCKED' }] });
    await send('від магазину');
    const pause = await paused(shop, 'alphaname_refused');
    expect(pause).toMatchObject({
      scope: 'alphaname',
      alphaname: 'MyShop',
      detail: expect.stringMatching(/sender name/),
    });
    shop.simulator.control.updateSettings({
      alphanames: [
        { name: 'MyShop', status: 'BLOCKED' },
        { name: 'Other', status: 'ACTIVE' },
      ],
    });
    await getService(shop.strapi, 'sms').send({ to: '0671112233', text: 'від іншого', alphaname: 'Other' });
    await eventually(shop.messages, (rows) => rows.some(({ state }) => state === 'accepted'));
    expect(textsAtGateway(shop)).toEqual(['від іншого']);

    shop.simulator.control.updateSettings({ alphanames: [{ name: 'MyShop', status: 'ACTIVE' }] });
    expect(await testConnection()).toMatchObject({ ok: true });
    await shop.settled(2, ...LEFT);
    await running(shop);
  });

  it.each([
    ['stop_word', 'Граємо в casino', /forbidden words/],
    ['refused_phone', 'звичайний', /phone number/],
  ] as const)('refuses one text for good: %s', async (reason, text, sentence) => {
    if (reason === 'refused_phone')
      shop.simulator.control.addFault({ kind: 'refuse', params: { code: 'ERRPHONES', text: 'Bad phones' } });
    await send(text);
    const [message] = await shop.settled(1, 'failed');
    expect(message).toMatchObject({ reason, detail: expect.stringMatching(sentence) });
    expect((await status(shop)).pauses).toEqual([]);
  });

  it.each(['http-error', 'html', 'empty', 'truncated', 'malformed', 'wrong-root', 'redirect', 'close-after'] as const)(
    'answers with nothing one can trust (%s): in doubt, and told so',
    async (kind) => {
      shop.simulator.control.addFault({ kind, match: { operation: 'SENDSMS' } });
      await send('один раз');
      const [message] = await shop.settled(1, 'in_doubt', ...LEFT);
      // A damaged answer may still show the campaign id, which is then verified.
      if (message?.state === 'in_doubt')
        expect(message).toMatchObject({
          reason: expect.stringMatching(/answer_(lost|unreadable)/),
          detail: expect.stringMatching(/web cabinet/),
        });
      expect(shop.simulator.control.requests({ operation: 'SENDSMS' })).toHaveLength(1);
    },
  );

  it('loses three answers: nothing more is sent until it answers again', async () => {
    for (const text of ['раз', 'два', 'три']) {
      shop.simulator.control.addFault({ kind: 'reset-after', match: { operation: 'SENDSMS', text } });
      await send(text);
    }
    await shop.settled(3, 'in_doubt');
    const pause = await paused(shop, 'too_many_in_doubt');
    expect(pause?.detail).toMatch(/answers to several requests got lost/);
    await send('чотири');
    expect(await testConnection()).toMatchObject({ ok: true });
    await eventually(shop.messages, (rows) => rows.some(({ state }) => state === 'accepted'));
    expect(textsAtGateway(shop).sort()).toEqual(['два', 'раз', 'три', 'чотири'].sort());
    expect((await status(shop)).waiting).toMatchObject({ inDoubt: 3 });
  });

  it('is away, and the orders made meanwhile are texted when it is back', async () => {
    const { port } = shop.simulator;
    const { credentials } = shop.simulator.control.settings();
    await shop.simulator.close();
    await shop.order({ number: 'D-1' });
    await paused(shop, 'gateway_unreachable');
    await shop.order({ number: 'D-2' });
    await shop.settled(2, 'queued', 'claimed');
    const back = await startSimulator({ port, settings: { credentials } });
    try {
      expect(back.apiUrl).toBe(credentialsOf(back)['SVITSMS_ENDPOINT']);
      await shop.settled(2, ...LEFT);
      await running(shop);
      expect(back.control.messages()).toHaveLength(2);
    } finally {
      await back.close();
    }
  });
});
