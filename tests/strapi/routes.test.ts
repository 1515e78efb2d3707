import { messageDetailResponse } from '../../shared/contracts';
import routes from '../../server/src/strapi/routes';
import { PERMISSIONS, type PermissionId } from '../../shared/vocabulary';
import { eventually } from '../support/eventually';
import { openShop, type Shop } from '../support/shop';
import { clean } from './support/clean';
import { callApi, clerk, type Person } from './support/people';
import { SAMPLES } from './support/route-samples';

const PASSWORD = 'only-the-gateway-may-see-this';

describe('the routes of the panel', () => {
  let shop: Shop;
  let person: Person;
  const bodies: string[] = [];
  beforeAll(async () => {
    shop = await openShop({
      simulatorOptions: {
        settings: {
          credentials: { login: '380501234567', password: PASSWORD },
          timings: { sentAfterMs: 10, deliveredAfterMs: 20 },
        },
      },
    });
    person = await clerk(shop);
  });
  afterAll(() => shop.close());
  afterEach(() => clean(shop));

  it('have a sample each', () => {
    const spell = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;
    expect(SAMPLES.map(({ method, route }) => spell({ method, path: route })).sort()).toEqual(
      routes.admin.routes.map(spell).sort(),
    );
  });

  it.each(SAMPLES.map((sample) => [`${sample.method} ${sample.route}`, sample] as const))(
    '%s lets in only who may, and answers by its contract',
    async (_name, { method, route, permissions, oneIsEnough, answer, call, parameter }) => {
      const value = parameter ? await parameter(shop) : 'unused';
      const path = `/svitsms${route.replace(/:\w+/, value)}`;
      expect((await callApi(shop.http, method, path, call)).status).toBe(401);
      const statusFor = async (...ids: readonly PermissionId[]): Promise<number> => {
        await person.may(...ids);
        return (await person.call(method, path, call)).status;
      };
      expect(await statusFor()).toBe(403);
      if (oneIsEnough) {
        expect(await statusFor(...PERMISSIONS.filter((id) => !permissions.includes(id)))).toBe(403);
        for (const id of permissions) expect(await statusFor(id)).toBe(200);
      } else {
        for (const needed of permissions)
          expect(await statusFor(...PERMISSIONS.filter((id) => id !== needed))).toBe(403);
        await person.may(...permissions);
      }
      const allowed = await person.call(method, path, call);
      expect({ status: allowed.status, body: allowed.body }).toMatchObject({ status: 200 });
      expect(answer.safeParse(allowed.body).error).toBeUndefined();
      bodies.push(JSON.stringify(allowed.body));
    },
  );

  it('name what each rule listens to', async () => {
    await person.may('settings.read');
    const { body } = await person.call('GET', '/svitsms/status');
    const none = { field: null, from: null, to: null };
    expect(body.rules).toMatchObject([
      { key: 'order-placed', event: 'created', ...none },
      { key: 'order-paid', event: 'changed', field: 'state', from: null, to: ['paid'] },
      { key: 'article-published', event: 'published', ...none },
    ]);
  });

  it('never show the password', () => {
    expect(bodies).toHaveLength(SAMPLES.length);
    expect(bodies.filter((body) => body.includes(PASSWORD))).toEqual([]);
  });

  it.each([
    ['POST', '/messages', {}, 'to:'],
    ['POST', '/messages', { body: { to: 380671112233, text: 'x' } }, 'to:'],
    ['POST', '/messages', { body: { to: '+380671112233' } }, 'text:'],
    ['POST', '/messages', { body: { to: '+380671112233', text: 'x', dueAt: 'tomorrow' } }, 'dueAt'],
    ['POST', '/messages', { body: { to: '+380671112233', text: 'x', dedupeKey: '' } }, 'dedupeKey'],
    ['POST', '/messages', { body: ['+380671112233', 'x'] }, 'expected object'],
    ['POST', '/batches', {}, 'recipients and text, or messages'],
    ['POST', '/batches', { body: { recipients: [], text: 'x' } }, 'recipients'],
    ['POST', '/batches', { body: { recipients: '+380671112233', text: 'x' } }, 'recipients'],
    ['POST', '/batches', { body: { messages: [{ to: '+380671112233' }] } }, 'messages.0.text'],
    ['POST', '/batches', { body: { recipients: ['1'], text: 'x', dueAt: '9999-01-01T00:00:00Z' } }, 'dueAt'],
    ['POST', '/batches', { body: { recipients: ['1'], text: 'x', messages: [{ to: '1', text: 'x' }] } }, 'either'],
    ['POST', '/estimate', {}, 'text'],
    ['POST', '/estimate', { body: { text: 'x', recipients: 'all' } }, 'recipients'],
    ['GET', '/messages', { query: { state: 'lost' } }, 'state'],
    ['GET', '/messages', { query: { origin: 'mars' } }, 'origin'],
    ['GET', '/messages', { query: { page: 0 } }, 'page'],
    ['GET', '/messages', { query: { pageSize: 1000 } }, 'pageSize'],
    ['GET', '/messages', { query: { search: ['a', 'b'] } }, 'search'],
    ['GET', '/decisions', { query: { outcome: 'maybe' } }, 'outcome'],
    ['GET', '/alphanames/check', {}, 'alphaname'],
    ['GET', '/alphanames/check', { query: { alphaname: 'Занадто довге ім’я відправника' } }, 'alphaname'],
    ['POST', '/alphanames', { body: { alphaname: '' } }, 'alphaname'],
    ['POST', '/alphanames', { body: { alphaname: 'Магазин' } }, 'alphaname'],
    ['GET', '/campaigns/a%20b', {}, 'campaignId'],
    ['GET', '/campaigns/a%20b/detail', {}, 'campaignId'],
    ['POST', '/messages/x/resolve', {}, 'decision'],
    ['POST', '/messages/x/resolve', { body: { decision: 'accepted' } }, 'campaignId'],
    ['POST', '/messages/x/resolve', { body: { decision: 'accepted', campaignId: '12a' } }, 'campaignId'],
  ] as const)('%s %s with %j answers 400 naming %s', async (method, path, call, named) => {
    await person.may(...PERMISSIONS);
    const { status, body } = await person.call(method, `/svitsms${path}`, call);
    expect({ status, body }).toMatchObject({ status: 400 });
    expect(body.error.message).toContain(named);
  });

  it.each([
    ['GET', '/messages/01890000-0000-7000-8000-000000000000'],
    ['GET', '/messages/nonsense'],
    ['GET', '/messages/%00'],
    ['GET', '/batches/nonsense'],
    ['POST', '/messages/nonsense/cancel'],
    ['POST', '/messages/nonsense/release'],
    ['POST', '/messages/nonsense/check'],
    ['POST', '/messages/nonsense/resolve'],
    ['GET', '/campaigns/abc'],
    ['GET', '/campaigns/999999999'],
    ['GET', '/campaigns/999999999/detail'],
  ] as const)('%s %s is not found', async (method, path) => {
    await person.may(...PERMISSIONS);
    const call = path.endsWith('resolve') ? { body: { decision: 'close' } } : {};
    const { status, body } = await person.call(method, `/svitsms${path}`, call);
    expect({ status, body }).toMatchObject({ status: 404 });
  });

  describe('without messages.read-text', () => {
    const TO = '380671112233';
    const TEXT = 'Секретний код 4711';
    const everything = async (): Promise<string> => {
      const { body: list } = await person.call('GET', '/svitsms/messages');
      const answers = [JSON.stringify(list)];
      for (const { id } of list.results) {
        const { body } = await person.call('GET', `/svitsms/messages/${id}`);
        answers.push(JSON.stringify(body));
        expect(messageDetailResponse.parse(body).masked).toBe(true);
      }
      return answers.join();
    };

    it('hides numbers and texts in the list, one message and what an operation answers', async () => {
      const sms = shop.strapi.plugin('svitsms').service('sms');
      await sms.send({ to: TO, text: TEXT });
      await sms.send({ to: '38067111', text: TEXT });
      const refused = await sms.send({ to: '+380671112244', text: 'casino 4711' });
      await eventually(shop.messages, (rows) => rows.some(({ id, state }) => id === refused.id && state === 'failed'));
      await person.may('messages.read', 'messages.manage');
      const later = await sms.send({ to: TO, text: TEXT, dueAt: new Date(Date.now() + 60_000) });
      const cancelled = await person.call('POST', `/svitsms/messages/${later.id}/cancel`);
      expect(cancelled.body).toMatchObject({ state: 'cancelled', masked: true, to: '380•••33', text: '•••' });
      const shown = `${await everything()}${JSON.stringify(cancelled.body)}`;
      expect(shown).not.toMatch(/67111|4711|Секретний|casino/);
    });

    it.each([TO, '+380 (67) 111', '67', '  67-11 '])('finds nothing by the digits %j', async (search) => {
      await shop.strapi.plugin('svitsms').service('sms').send({ to: TO, text: TEXT });
      const found = async (): Promise<number> =>
        (await person.call('GET', '/svitsms/messages', { query: { search } })).body.pagination.total;
      await person.may('messages.read');
      expect(await found()).toBe(0);
      await person.may('messages.read', 'messages.read-text');
      expect(await found()).toBe(1);
    });

    it('still finds a message by its id', async () => {
      const { id } = await shop.strapi.plugin('svitsms').service('sms').send({ to: TO, text: TEXT });
      await person.may('messages.read');
      const { body } = await person.call('GET', '/svitsms/messages', { query: { search: id } });
      expect(body.results).toMatchObject([{ id, masked: true }]);
    });
  });
});
