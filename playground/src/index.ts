import type { Core } from '@strapi/strapi';
import { ensureDemoAdmin } from './setup/demo-admin';
import { ensureLocales } from './setup/locales';
import { ensurePublicActions } from './setup/permissions';
import { seedSampleOrders } from './setup/sample-orders';

/** Everything here may run at every start: each step does its work once. */
export default {
  register(): void {},

  async bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    // A plugin whose build is missing is skipped by Strapi without a word.
    if (!strapi.plugins['svitsms']) throw new Error('The plugin svitsms is not loaded. Build it first: npm run build');
    await ensureLocales(strapi);
    await ensurePublicActions(strapi);
    await seedSampleOrders(strapi);
    await ensureDemoAdmin(strapi);
  },
};
