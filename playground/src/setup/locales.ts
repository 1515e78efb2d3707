import type { Core } from '@strapi/strapi';

/** Adds Ukrainian beside the default English, once. */
export const ensureLocales = async (strapi: Core.Strapi): Promise<void> => {
  const locales = strapi.db.query('plugin::i18n.locale');
  if (await locales.findOne({ where: { code: 'uk' } })) return;
  await strapi.plugin('i18n').service('locales').create({ code: 'uk', name: 'Українська (uk)' });
};
