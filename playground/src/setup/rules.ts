const ORDER = 'api::order.order';

/** What this shop texts, and when. Rules in code show read-only in the panel. */
export const rules = [
  {
    key: 'order-placed',
    name: 'Order placed',
    uid: ORDER,
    event: 'created',
    to: 'customerPhone',
    text: 'Дякуємо, {{ customerName }}! Замовлення {{ number }} на {{ total | money }} грн прийнято.',
  },
  {
    key: 'order-paid',
    name: 'Order paid',
    uid: ORDER,
    event: 'changed',
    field: 'state',
    toValues: ['paid'],
    to: 'customerPhone',
    text: 'Замовлення {{ number }} оплачено. Дякуємо!',
  },
  {
    key: 'order-shipped',
    name: 'Order shipped',
    uid: ORDER,
    event: 'changed',
    field: 'state',
    toValues: ['shipped'],
    to: 'customerPhone',
    text: 'Замовлення {{ number }} вже в дорозі.',
  },
  {
    key: 'article-published',
    name: 'Article published',
    uid: 'api::article.article',
    event: 'published',
    to: 'authorPhone',
    text: 'Статтю «{{ title }}» опубліковано.',
  },
];
