import type { Core } from '@strapi/strapi';

/** What a visitor without an account may do: place an order. Reading orders stays closed, for they hold phone numbers. */
const PUBLIC_ACTIONS = ['api::order.order.create'];

export const ensurePublicActions = async (strapi: Core.Strapi): Promise<void> => {
  const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
  if (!role)
    throw new Error('The role "public" of users-permissions is missing: the shop cannot take orders over REST.');
  const permissions = strapi.db.query('plugin::users-permissions.permission');
  for (const action of PUBLIC_ACTIONS) {
    if (await permissions.findOne({ where: { action, role: role.id } })) continue;
    await permissions.create({ data: { action, role: role.id } });
  }
};
