import type { Core } from '@strapi/strapi';

const ORDER = 'api::order.order';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Age in days, number, customer, phone, state, total. The numbers are made up. */
const SAMPLES = [
  [9, 'DEMO-1001', 'Олена Коваль', '+380500000001', 'delivered', 1249.5],
  [6, 'DEMO-1002', 'Andriy Melnyk', '067 000 00 02', 'shipped', 480],
  [4, 'DEMO-1003', 'Ірина Бондар', '0930000003', 'paid', 3120],
  [3, 'DEMO-1004', 'Тарас Шевчук', '+38 (050) 000-00-04', 'new', 215.9],
  [2, 'DEMO-1005', 'Sofiia Tkach', '12345', 'new', 99],
] as const;

/**
 * Puts a few past orders into an empty shop, once, without texting anyone. Rules listen to the document service and to
 * `strapi.db.query`, so the rows go in below both, by plain SQL. Their dates lie in the past for the same reason: a later
 * look for missed changes must find nothing new. The last order has a number no phone has, to show a rejection when its
 * state is changed in the panel.
 */
export const seedSampleOrders = async (strapi: Core.Strapi): Promise<void> => {
  const store = strapi.store({ type: 'core', name: 'playground' });
  if (await store.get({ key: 'sample-orders' })) return;
  const { tableName } = strapi.db.metadata.get(ORDER);
  await strapi.db.connection(tableName).insert(
    SAMPLES.map(([days, number, customerName, customerPhone, state, total], index) => {
      const at = new Date(Date.now() - days * DAY_MS);
      return {
        // The shape of Strapi's own document ids: 24 lower-case letters and digits.
        document_id: `sampleorder${String(index + 1).padStart(13, '0')}`,
        number,
        customer_name: customerName,
        customer_phone: customerPhone,
        state,
        total,
        created_at: at,
        updated_at: at,
        published_at: at,
      };
    }),
  );
  await store.set({ key: 'sample-orders', value: true });
};
