import assert from 'node:assert/strict';
import { until } from '../gateway.mjs';

const AUTHOR = '380671000003';
const RETURNING = '380671000008';
const FENCE = '380671000004';

/** Drafts, publishing again and the other language: one fact, one text. */
export const articles = async ({ scenario, shot, page, panel, demo, gateway }) => {
  await scenario('an article published many times and in two languages texts its author once', async () => {
    await panel.open('/content-manager/collection-types/api::article.article/create?plugins[i18n][locale]=en');
    await panel.fill({ title: 'Spring sale', authorPhone: '+380 67 100 00 03' });
    const { documentId } = await panel.press('Save');
    assert.deepEqual(await gateway.messagesTo(AUTHOR), []);

    await panel.openArticle(documentId, 'en');
    await panel.press('Publish');
    await until('the author has a text', async () => (await gateway.messagesTo(AUTHOR)).length > 0);

    await panel.fill({ body: 'A draft of the second edition' });
    await panel.press('Save');
    await panel.press('Publish');
    await panel.fill({ title: 'Spring sale, extended' });
    await panel.press('Publish');

    await panel.openArticle(documentId, 'uk');
    await panel.fill({ title: 'Весняний розпродаж' });
    await panel.press('Publish');
    await shot('article');

    // The outbox keeps order: when a later order has its text, everything the article caused has been decided.
    const response = await fetch(demo.orders, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data: { customerName: 'Fence', customerPhone: `+${FENCE}`, total: 1 } }),
    });
    assert.equal(response.status, 201);
    await until('the later order has its text', async () => (await gateway.messagesTo(FENCE)).length > 0);
    const texts = (await gateway.messagesTo(AUTHOR)).map(({ text }) => text);
    assert.deepEqual(texts, ['Статтю «Spring sale» опубліковано.']);
  });

  await scenario('an article that goes off line and comes back texts nobody, and the panel tells why', async () => {
    await panel.open('/content-manager/collection-types/api::article.article/create?plugins[i18n][locale]=en');
    await panel.fill({ title: 'Opening hours', authorPhone: `+${RETURNING}` });
    const { documentId } = await panel.press('Publish');
    await until('the author has a text', async () => (await gateway.messagesTo(RETURNING)).length > 0);
    await panel.openArticle(documentId, 'en');
    await panel.unpublish();
    await panel.press('Publish');
    await panel.open('/plugins/svitsms/not-sent');
    await page.locator('[data-testid="decision-row"][data-reason="published_before"]').nth(1).waitFor();
    await shot('not-sent');
    assert.equal((await gateway.messagesTo(RETURNING)).length, 1);
  });
};
