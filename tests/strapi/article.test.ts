import { openShop, type Shop } from '../support/shop';

describe('an article is published', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    await shop.strapi.plugin('i18n').service('locales').create({ code: 'uk', name: 'Українська' });
  });
  afterAll(() => shop.close());

  const articles = () => shop.strapi.documents('api::article.article' as never);
  const draft = async (title: string): Promise<string> =>
    (await articles().create({ data: { title, authorPhone: '+380501112233' } as never })).documentId;
  const texts = async (title: string) => {
    await shop.quiet();
    return (await shop.messages()).filter(({ text }) => text.includes(title));
  };

  it('texts once for a first publish, not for drafts, second publishes or translations', async () => {
    const documentId = await draft('Перша');
    expect(await texts('Перша')).toHaveLength(0);
    await articles().update({ documentId, data: { title: 'Перша стаття' } as never });
    expect(await texts('Перша')).toHaveLength(0);
    await articles().publish({ documentId });
    await articles().publish({ documentId });
    await articles().update({ documentId, data: { title: 'Перша зміна' } as never });
    await articles().publish({ documentId });
    await articles().update({ documentId, locale: 'uk', data: { title: 'Перша українською' } as never });
    await articles().publish({ documentId, locale: 'uk' });
    expect(await texts('Перша')).toHaveLength(1);
  });

  it('does not take a second publish after an unpublish for the first', async () => {
    const documentId = await draft('Друга');
    await articles().publish({ documentId });
    await articles().unpublish({ documentId });
    await articles().publish({ documentId });
    expect(await texts('Друга')).toHaveLength(1);
  });

  it('counts documents published before the rule as published', async () => {
    const documentId = await draft('Третя');
    await shop.strapi.db.connection('articles').where({ document_id: documentId }).update({ published_at: Date.now() });
    await articles().unpublish({ documentId });
    await articles().publish({ documentId });
    expect(await texts('Третя')).toHaveLength(0);
    const { results } = await shop.container.ledger.decisions.list({ documentId }, { page: 1, pageSize: 10 });
    expect(results.every(({ reason }) => reason === 'published_before')).toBe(true);
  });

  it('fires for an entry created as published in one step', async () => {
    await articles().create({ data: { title: 'Четверта', authorPhone: '0501112233' } as never, status: 'published' });
    expect(await texts('Четверта')).toHaveLength(1);
  });
});
