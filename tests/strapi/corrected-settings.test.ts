import { startSimulator, type Simulator } from '../../simulator';
import { eventually } from '../support/eventually';
import { openShop, type Shop } from '../support/shop';
import { LEFT, paused, restart, running, status, textsAtGateway } from './support/restart';

/** One at a time: while one is being refused the others wait sealed. */
const SLOWLY = { sending: { pollIntervalMs: 50, requestsPerSecond: 1000, inFlight: 1 } };

/** A port where nobody listens: one that just became free. */
const deadEndpoint = async (): Promise<string> => {
  const gone = await startSimulator();
  await gone.close();
  return gone.apiUrl;
};

describe('orders wait for settings to be corrected', () => {
  let shop: Shop;
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ settings: { timings: { sentAfterMs: 10, deliveredAfterMs: 20 } } });
  });
  afterAll(async () => {
    await shop.close();
  });
  beforeEach(() => {
    simulator.control.reset();
  });
  afterEach(() => simulator.control.clearFaults());

  const placeThree = async (name: string): Promise<void> => {
    await Promise.all([1, 2, 3].map((index) => shop.order({ number: `${name}-${index}`, customerName: 'Олена' })));
  };
  const threeTexts = (name: string): string[] =>
    [1, 2, 3].map((index) => `Дякуємо, Олена! Замовлення ${name}-${index} прийнято.`);
  const waiting = async (): Promise<number> => (await status(shop)).waiting.queued;
  /** One is on its way to be refused and others are sealed behind it: the gateway waits with its answer until that is so. */
  const placeThreeAtOnce = async (name: string): Promise<void> => {
    simulator.control.addFault({ kind: 'slow', match: { operation: 'SENDSMS' }, params: { ms: 60_000 }, times: null });
    await placeThree(name);
    await eventually(shop.messages, (rows) => rows.some(({ state }) => state === 'claimed'));
    simulator.control.clearFaults();
  };

  it('a missing login, password and sender name', async () => {
    const env = { SVITSMS_LOGIN: undefined, SVITSMS_PASSWORD: undefined, SVITSMS_ALPHANAME: undefined };
    shop = await openShop({ simulator, env });
    await placeThree('N');
    await shop.settled(3, 'queued');
    expect(await status(shop)).toMatchObject({
      configured: false,
      missing: ['SVITSMS_LOGIN', 'SVITSMS_PASSWORD', 'SVITSMS_ALPHANAME'],
      pauses: [{ reason: 'not_configured', detail: expect.stringContaining('SVITSMS_PASSWORD') }],
    });
    expect(await shop.strapi.db.query('api::order.order').count()).toBe(3);
  });

  it('a wrong password', async () => {
    shop = await restart(shop, { env: { SVITSMS_PASSWORD: 'wrong' }, plugin: SLOWLY });
    await placeThreeAtOnce('P');
    const pause = await paused(shop, 'wrong_credentials');
    expect(pause?.detail).toMatch(/login or the password/);
    await shop.settled(6, 'queued', 'claimed');
    expect(await waiting()).toBe(6);
    expect(textsAtGateway(shop)).toEqual([]);

    shop = await restart(shop);
    await shop.settled(6, ...LEFT);
    await running(shop);
    expect(textsAtGateway(shop)).toEqual([...threeTexts('N'), ...threeTexts('P')].sort());
  });

  it('a wrong login', async () => {
    shop = await restart(shop, { env: { SVITSMS_LOGIN: '380999999999' }, plugin: SLOWLY });
    await placeThreeAtOnce('L');
    await paused(shop, 'wrong_credentials');
    await shop.settled(9, 'queued', 'claimed', ...LEFT);
    expect(textsAtGateway(shop)).toEqual([]);

    shop = await restart(shop);
    await shop.settled(9, ...LEFT);
    await running(shop);
    expect(textsAtGateway(shop)).toEqual(threeTexts('L'));
  });

  it('a wrong address', async () => {
    shop = await restart(shop, { env: { SVITSMS_ENDPOINT: await deadEndpoint() }, plugin: SLOWLY });
    await placeThree('E');
    const pause = await paused(shop, 'gateway_unreachable');
    expect(pause?.detail).toMatch(/could not be reached/);
    await shop.settled(12, 'queued', 'claimed', ...LEFT);

    shop = await restart(shop);
    await shop.settled(12, ...LEFT);
    expect(textsAtGateway(shop)).toEqual(threeTexts('E'));
  });

  it.each(['not a url', 'ftp://gateway.example/api', 'http://gateway.example/api', ''])(
    'an address that cannot be used (%j) pauses only',
    async (endpoint) => {
      shop = await restart(shop, { env: { SVITSMS_ENDPOINT: endpoint } });
      if (endpoint === '') {
        // Empty means absent: the gateway's own address, which nobody calls while nothing waits.
        expect(await status(shop)).toMatchObject({ configured: true, endpoint: 'https://svitsms.com/api/api.php' });
        return;
      }
      expect(await status(shop)).toMatchObject({
        configured: false,
        pauses: [{ reason: 'not_configured', detail: expect.stringContaining('endpoint') }],
      });
    },
  );
});
