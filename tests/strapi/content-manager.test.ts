import { openShop, type Shop } from '../support/shop';
import { clean } from './support/clean';
import { superAdmin, type Person } from './support/people';

const ARTICLE = 'api::article.article';
const ORDER = 'api::order.order';
const about = (key: string, event: string, text: string, more: object = {}) => ({
  key,
  uid: ARTICLE,
  event,
  to: 'authorPhone',
  text: `${text}: {{ title }}`,
  ...more,
});

const RULES = [
  about('drafted', 'created', 'Чернетка', { watch: 'draft' }),
  about('published', 'published', 'Опубліковано'),
  about('retitled', 'changed', 'Перейменовано', { field: 'title' }),
  about('unpublished', 'unpublished', 'Знято'),
  about('deleted', 'deleted', 'Видалено'),
  { key: 'placed', uid: ORDER, event: 'created', to: 'customerPhone', text: 'Прийнято: {{ number }}' },
  {
    key: 'paid',
    uid: ORDER,
    event: 'changed',
    field: 'state',
    toValues: ['paid'],
    to: 'customerPhone',
    text: 'Оплачено: {{ number }}',
  },
];

describe('an editor works in the panel', () => {
  let shop: Shop;
  let editor: Person;
  beforeAll(async () => {
    shop = await openShop({ plugin: { rules: RULES } });
    await shop.strapi.plugin('i18n').service('locales').create({ code: 'uk', name: 'Українська' });
    editor = await superAdmin(shop);
  });
  afterAll(() => shop.close());
  afterEach(() => clean(shop));

  const call = async (
    method: 'POST' | 'PUT' | 'DELETE',
    uid: string,
    path: string,
    body: object = {},
    query: Record<string, string> = {},
  ): Promise<string> => {
    const url = `/content-manager/collection-types/${uid}${path}`;
    const answer = await editor.call(method, url, { body, query });
    expect({ status: Math.floor(answer.status / 100), body: answer.body }).toMatchObject({ status: 2 });
    return String(answer.body.data?.documentId);
  };
  const article = (title: string) => ({ title, authorPhone: '+380501112233' });
  const save = (title: string) => call('POST', ARTICLE, '', article(title));
  const publish = (id: string, title: string) => call('POST', ARTICLE, `/${id}/actions/publish`, article(title));
  const texts = async (): Promise<string[]> => {
    await shop.quiet();
    return (await shop.messages()).map(({ text }) => text).reverse();
  };

  it('saves a draft, changes it, publishes it, publishes again and changes it once more', async () => {
    const id = await save('А');
    expect(await texts()).toEqual(['Чернетка: А']);
    await call('PUT', ARTICLE, `/${id}`, article('Б'));
    expect(await texts()).toEqual(['Чернетка: А']);
    await publish(id, 'Б');
    expect(await texts()).toEqual(['Чернетка: А', 'Опубліковано: Б']);
    await publish(id, 'Б');
    await call('PUT', ARTICLE, `/${id}`, article('В'));
    expect(await texts()).toEqual(['Чернетка: А', 'Опубліковано: Б']);
    await publish(id, 'В');
    expect(await texts()).toEqual(['Чернетка: А', 'Опубліковано: Б', 'Перейменовано: В']);
  });

  it('publishes a new entry in one step', async () => {
    await call('POST', ARTICLE, '/actions/publish', article('Одразу'));
    expect((await texts()).sort()).toEqual(['Опубліковано: Одразу', 'Чернетка: Одразу']);
  });

  it('publishes and unpublishes several at once', async () => {
    const documentIds = [await save('1'), await save('2'), await save('3')];
    await call('POST', ARTICLE, '/actions/bulkPublish', { documentIds });
    await call('POST', ARTICLE, '/actions/bulkPublish', { documentIds });
    expect((await texts()).filter((text) => text.startsWith('Опубліковано')).sort()).toEqual(
      ['1', '2', '3'].map((title) => `Опубліковано: ${title}`),
    );
    await call('POST', ARTICLE, '/actions/bulkUnpublish', { documentIds });
    expect((await texts()).filter((text) => text.startsWith('Знято'))).toHaveLength(3);
  });

  it('unpublishes and publishes again, which is no first time', async () => {
    const id = await save('Г');
    await publish(id, 'Г');
    await call('POST', ARTICLE, `/${id}/actions/unpublish`);
    await publish(id, 'Г');
    expect(await texts()).toEqual(['Чернетка: Г', 'Опубліковано: Г', 'Знято: Г']);
  });

  it('discards a draft', async () => {
    const id = await save('Ґ');
    await publish(id, 'Ґ');
    await call('PUT', ARTICLE, `/${id}`, article('інше'));
    await call('POST', ARTICLE, `/${id}/actions/discard`);
    expect(await texts()).toEqual(['Чернетка: Ґ', 'Опубліковано: Ґ']);
  });

  it('translates: neither a new entry, nor a first publish, nor a change', async () => {
    const id = await save('Article');
    await publish(id, 'Article');
    const uk = { locale: 'uk' };
    await call('PUT', ARTICLE, `/${id}`, article('Стаття'), uk);
    await call('POST', ARTICLE, `/${id}/actions/publish`, article('Стаття'), uk);
    expect(await texts()).toEqual(['Чернетка: Article', 'Опубліковано: Article']);
    await call('POST', ARTICLE, `/${id}/actions/publish`, article('Нова стаття'), uk);
    expect(await texts()).toEqual(['Чернетка: Article', 'Опубліковано: Article', 'Перейменовано: Нова стаття']);
    await call('DELETE', ARTICLE, `/${id}`, {}, uk);
    expect(await texts()).toHaveLength(3);
  });

  it('changes the main language of a translated entry', async () => {
    const id = await save('Old');
    await publish(id, 'Old');
    await call('POST', ARTICLE, `/${id}/actions/publish`, article('Старе'), { locale: 'uk' });
    expect(await texts()).toEqual(['Чернетка: Old', 'Опубліковано: Old']);
    const articles = shop.strapi.documents(ARTICLE as never);
    await articles.update({ documentId: id, data: { title: 'New' } as never });
    await articles.publish({ documentId: id });
    expect((await texts()).at(-1)).toBe('Перейменовано: New');
    await articles.update({ documentId: id, locale: 'uk', data: { title: 'Нове' } as never });
    await articles.publish({ documentId: id, locale: '*' });
    expect((await texts()).filter((text) => text.startsWith('Опубліковано'))).toEqual(['Опубліковано: Old']);
  });

  it('clones an entry: a draft of its own', async () => {
    const id = await save('Оригінал');
    await publish(id, 'Оригінал');
    await call('POST', ARTICLE, `/clone/${id}`, article('Копія'));
    expect((await texts()).sort()).toEqual(['Опубліковано: Оригінал', 'Чернетка: Копія', 'Чернетка: Оригінал']);
  });

  it('deletes one published entry, a draft, and several', async () => {
    const published = await save('Д');
    await publish(published, 'Д');
    await call('DELETE', ARTICLE, `/${published}`);
    expect((await texts()).at(-1)).toBe('Видалено: Д');
    const draft = await save('Е');
    await call('DELETE', ARTICLE, `/${draft}`);
    // The rule watches published versions, and there was none.
    expect((await texts()).filter((text) => text.startsWith('Видалено'))).toHaveLength(1);
    const several = [await save('Є'), await save('Ж')];
    for (const id of several) await call('POST', ARTICLE, `/${id}/actions/publish`, article('Ж'));
    await call('POST', ARTICLE, '/actions/bulkDelete', { documentIds: several });
    expect((await texts()).filter((text) => text.startsWith('Видалено'))).toHaveLength(3);
  });

  it('works on orders, which have no drafts', async () => {
    const order = { number: 'П-1', customerPhone: '0671234567', customerName: 'Олена' };
    const id = await call('POST', ORDER, '', order);
    await call('PUT', ORDER, `/${id}`, { ...order, state: 'paid' });
    await call('PUT', ORDER, `/${id}`, { ...order, state: 'paid', total: 5 });
    expect(await texts()).toEqual(['Прийнято: П-1', 'Оплачено: П-1']);
    await call('POST', ORDER, `/clone/${id}`, { ...order, number: 'П-2', state: 'paid' });
    expect((await texts()).slice(2)).toEqual(['Прийнято: П-2']);
  });
});
