import { getService } from '../../server/src/strapi/services';
import { openShop, type Shop } from '../support/shop';
import { clean } from './support/clean';

const TO = '+380671112233';

/** What the app's own hooks do while a test runs. */
interface Hooks {
  afterCreate?: () => unknown;
  aroundDocument?: <T>(next: () => Promise<T>) => Promise<T>;
}

describe('the app sends from its own hooks', () => {
  let shop: Shop;
  let hooks: Hooks = {};
  beforeAll(async () => {
    shop = await openShop();
    shop.strapi.db.lifecycles.subscribe({
      models: ['api::order.order'],
      afterCreate: async () => {
        await hooks.afterCreate?.();
      },
    });
    shop.strapi.documents.use(async (context, next) =>
      context.uid === ('api::order.order' as string) && context.action === 'create' && hooks.aroundDocument
        ? await hooks.aroundDocument(async () => await next())
        : await next(),
    );
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    hooks = {};
    await clean(shop);
  });

  const send = (text: string, more: object = {}) => getService(shop.strapi, 'sms').send({ to: TO, text, ...more });
  /** Orders that no rule texts about, so that only the hook's message is seen. */
  const order = (number = 'H-1'): Promise<string> => shop.order({ customerPhone: null, number });
  const orders = (): Promise<number> => shop.strapi.db.query('api::order.order').count();
  const left = () => shop.settled(1, 'accepted', 'sent', 'delivered');
  const failing = async (): Promise<void> => {
    await expect(
      shop.strapi.db.transaction(async () => {
        await order();
        throw new Error('the payment failed');
      }),
    ).rejects.toThrow('the payment failed');
  };

  it('in a lifecycle, outside and inside a transaction of the app', async () => {
    hooks.afterCreate = () => send('Замовлення збережено');
    await order();
    expect((await left())[0]?.text).toBe('Замовлення збережено');
    await clean(shop);
    await shop.strapi.db.transaction(() => order());
    await left();
  });

  it('in a lifecycle of a write past the document service', async () => {
    hooks.afterCreate = () => send('Збережено');
    await shop.strapi.db.query('api::order.order').create({ data: { documentId: 'q'.repeat(24), number: 'Q' } });
    await left();
  });

  it('in a document middleware, before and after the write', async () => {
    hooks.aroundDocument = async (next) => {
      await send('Перед', { dedupeKey: 'a' });
      const result = await next();
      await send('Після', { dedupeKey: 'a' });
      return result;
    };
    await order();
    expect((await left())[0]?.text).toBe('Перед');
    await clean(shop);
    await shop.strapi.db.transaction(() => order());
    await left();
  });

  it('and nothing leaves when the order is rolled back', async () => {
    hooks.afterCreate = () => send('Ніколи');
    hooks.aroundDocument = async (next) => {
      const result = await next();
      await send('Ніколи');
      return result;
    };
    await failing();
    await shop.quiet();
    expect(await shop.messages()).toEqual([]);
    expect(await orders()).toBe(0);
  });

  it('does not fail the order when the hook gives nonsense', async () => {
    hooks.afterCreate = () => send(undefined as never);
    await order();
    expect(await orders()).toBe(1);
    expect(await shop.messages()).toEqual([]);
  });

  it('from a timer that a hook started, after the transaction has ended', async () => {
    let fired: Promise<unknown> = Promise.reject(new Error('the timer did not fire'));
    const ended = new Promise<void>((resolve) => {
      hooks.afterCreate = () => {
        setTimeout(() => {
          fired = send('Згодом');
          resolve();
        }, 20);
      };
    });
    fired.catch(() => undefined);
    await shop.strapi.db.transaction(() => order());
    await ended;
    expect(await fired).toMatchObject({ outcome: 'queued' });
    await left();
  });

  it('from a timer after a rollback', async () => {
    const answer = new Promise((resolve, reject) => {
      hooks.afterCreate = () => {
        setTimeout(() => void send('Оплата не пройшла').then(resolve, reject), 20);
      };
    });
    await failing();
    expect(await answer).toMatchObject({ outcome: 'queued' });
    await left();
  });

  it.each(['lifecycle', 'middleware'])('without waiting for the answer, in a %s', async (place) => {
    const answers: Promise<unknown>[] = [];
    const forget = (): void => {
      answers.push(send('Не чекаючи', { dedupeKey: 'once' }));
    };
    if (place === 'lifecycle') hooks.afterCreate = forget;
    else
      hooks.aroundDocument = async (next) => {
        const result = await next();
        forget();
        return result;
      };
    await order();
    await shop.strapi.db.transaction(() => order());
    const outcomes = (await Promise.all(answers)).map((answer) => (answer as { outcome: string }).outcome);
    expect(outcomes.sort()).toEqual(['duplicate', 'queued']);
    await left();
    expect(await orders()).toBe(2);
  });

  it('and the entry may be written by a job that a timer started', async () => {
    const written = new Promise((resolve, reject) => {
      hooks.afterCreate = () => {
        hooks = {};
        setTimeout(() => void send('З таймера', { dedupeKey: 'j' }).then(resolve, reject), 5);
      };
    });
    await order();
    await written;
    await shop.order({ number: 'H-2' });
    await shop.settled(2, 'accepted', 'sent', 'delivered');
  });
});
