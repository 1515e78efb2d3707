import type { Core } from '@strapi/strapi';
import { pushTokenResponse, statusResponse, type StatusResponse } from '../../shared/contracts';
import { PERMISSIONS } from '../../shared/vocabulary';
import { ConfigError, parseConfig, readCredentials } from '../../server/src/strapi/config';
import { openShop, type Shop } from '../support/shop';
import { bootStrapi } from '../support/strapi';
import { recordSent } from '../support/test-logs';
import { clerk, superAdmin, type Person } from './support/people';
import { restart } from './support/restart';

const OWN_TOKEN = 'The-token-an-owner-chose-4711';
const PATH = /^\/api\/svitsms\/push\/[\w-]{43}$/;

describe('the address for delivery reports, made in the panel', () => {
  let shop: Shop;
  let olena: Person;
  beforeAll(async () => {
    shop = await openShop();
    olena = await superAdmin(shop);
  });
  afterAll(() => shop.close());
  afterEach(() => olena.call('DELETE', '/svitsms/push-token'));

  const tokenOf = (address: string): string => address.slice(address.lastIndexOf('/') + 1);
  const create = async (person = olena): Promise<string> => {
    const { status, body } = await person.call('POST', '/svitsms/push-token');
    expect({ status, body }).toMatchObject({ status: 200, body: { path: expect.stringMatching(PATH) } });
    const { path } = pushTokenResponse.parse(body);
    recordSent({ secret: tokenOf(path) });
    return path;
  };
  const pushOf = async (answer: ReturnType<Person['call']>): Promise<StatusResponse['push']> =>
    statusResponse.parse((await answer).body).push;
  const status = (person = olena) => pushOf(person.call('GET', '/svitsms/status'));
  const turnOff = () => pushOf(olena.call('DELETE', '/svitsms/push-token'));
  /** What the gateway is answered at these addresses. */
  const answers = (...addresses: readonly string[]): Promise<number[]> =>
    Promise.all(
      addresses.map(async (one) => (await shop.http.post(one).set('Content-Type', 'text/xml').send('')).status),
    );
  const audit = async () =>
    (await shop.container.ledger.audit.byTarget('push')).map(({ who, action }) => [who, action]);

  it('only by who may change settings', async () => {
    const taras = await clerk(shop);
    await taras.may(...PERMISSIONS.filter((id) => id !== 'settings.update'));
    const address = await create();
    for (const method of ['POST', 'DELETE'] as const)
      expect((await taras.call(method, '/svitsms/push-token')).status).toBe(403);
    expect(await status(taras)).toEqual({ on: true, previousWorks: false, fromEnvironment: false });
    expect(await answers(address)).toEqual([200]);
  });

  it('works beside the one before, until the next', async () => {
    expect(await status()).toEqual({ on: false, previousWorks: false, fromEnvironment: false });
    const first = await create();
    expect(await answers(first, `${first}x`)).toEqual([200, 404]);
    expect(await status()).toMatchObject({ on: true, previousWorks: false });
    const second = await create();
    expect(await answers(first, second)).toEqual([200, 200]);
    expect(await status()).toMatchObject({ on: true, previousWorks: true });
    const third = await create();
    expect(await answers(first, second, third)).toEqual([404, 200, 200]);
  });

  it('turned off, no address works', async () => {
    const addresses = [await create(), await create()];
    expect(await turnOff()).toEqual({ on: false, previousWorks: false, fromEnvironment: false });
    expect(await answers(...addresses)).toEqual([404, 404]);
    const next = await create();
    expect(await answers(...addresses, next)).toEqual([404, 404, 200]);
  });

  it('made by two people at once, both addresses work', async () => {
    const addresses = await Promise.all([create(), create()]);
    expect(await answers(...addresses)).toEqual([200, 200]);
  });

  it('is told once, and who made it or turned it off is kept without it', async () => {
    const before = (await audit()).length;
    const tokens = [tokenOf(await create()), tokenOf(await create())];
    await turnOff();
    // Off already: there is nothing to keep.
    await turnOff();
    expect((await audit()).slice(before)).toEqual([
      [olena.name, 'push.create'],
      [olena.name, 'push.create'],
      [olena.name, 'push.remove'],
    ]);
    const told = [
      JSON.stringify((await olena.call('GET', '/svitsms/status')).body),
      JSON.stringify(await shop.container.ledger.audit.byTarget('push')),
      shop.logged(),
    ];
    expect(shop.logged()).toContain('POST /svitsms/push-token');
    expect(tokens.filter((token) => told.some((text) => text.includes(token)))).toEqual([]);
  });

  describe('and SVITSMS_PUSH_TOKEN', () => {
    const own = `/api/svitsms/push/${OWN_TOKEN}`;

    it('rules where it is set; without it the panel may turn its address off', async () => {
      const made = await create();
      shop = await restart(shop, { env: { SVITSMS_PUSH_TOKEN: OWN_TOKEN } });
      olena = await superAdmin(shop, 'Oksana');
      const before = await audit();
      for (const method of ['POST', 'DELETE'] as const) {
        const { status: code, body } = await olena.call(method, '/svitsms/push-token');
        expect([code, body.error.message]).toEqual([409, expect.stringMatching(/^SVITSMS_PUSH_TOKEN .*environment/)]);
      }
      expect(await status()).toEqual({ on: true, previousWorks: true, fromEnvironment: true });
      expect(await answers(own, made)).toEqual([200, 200]);
      expect(await audit()).toEqual(before);

      shop = await restart(shop);
      olena = await superAdmin(shop, 'Oleksa');
      expect(await status()).toMatchObject({ on: true, fromEnvironment: false });
      await turnOff();
      expect(await answers(own, made)).toEqual([404, 404]);
    });

    it.each(['short-of-sixteen', '  The-token-an-owner-chose~4711.  '])('may be %j', (token) => {
      expect(readCredentials(parseConfig({}), { SVITSMS_PUSH_TOKEN: token }).pushToken).toBe(token.trim());
    });

    it.each(['', '   '])('is absent when it is %j', (token) => {
      expect(readCredentials(parseConfig({}), { SVITSMS_PUSH_TOKEN: token }).pushToken).toBeNull();
    });

    it.each([
      'fifteen-letters',
      'a token of words',
      'a/token/of/segments',
      'a-token?of=a-query',
      'a-token-of-100%25',
      'слово-яке-довге-доволі',
    ])('stops the start when it is %j, and does not say it', (token) => {
      const read = () => readCredentials(parseConfig({}), { SVITSMS_PUSH_TOKEN: token });
      expect(read).toThrow(ConfigError);
      expect(read).toThrow(/^SVITSMS_PUSH_TOKEN must be 16 or more/);
      expect(read).not.toThrow(token);
    });
  });
});

// The last one, for Strapi leaves much behind when it cannot start.
it('a token that is not right stops a real start', async () => {
  await expect(bootStrapi({ env: { SVITSMS_PUSH_TOKEN: 'too-short' } })).rejects.toThrow(/^SVITSMS_PUSH_TOKEN must be/);
  await strapiLeftBehind()?.destroy();
});

/** Strapi keeps itself in a global, even when it failed to start. */
const strapiLeftBehind = (): Core.Strapi | undefined => Reflect.get(globalThis, 'strapi') as Core.Strapi | undefined;
