import type { Core } from '@strapi/strapi';

/**
 * Creates the administrator of the demo when DEMO_ADMIN_EMAIL and DEMO_ADMIN_PASSWORD are set and nobody has that e-mail.
 * Done here rather than by `strapi admin:create-user`, which starts a second Strapi and costs about 14 s.
 */
export const ensureDemoAdmin = async (strapi: Core.Strapi): Promise<void> => {
  const { DEMO_ADMIN_EMAIL: email, DEMO_ADMIN_PASSWORD: password } = process.env;
  if (!email || !password) return;
  const users = strapi.service('admin::user');
  if (await users.exists({ email })) return;
  const superAdmin = await strapi.service('admin::role').getSuperAdmin();
  if (!superAdmin) throw new Error('The role "Super Admin" is missing: the demo user cannot be created.');
  await users.create({
    email,
    firstname: 'Demo',
    lastname: 'Owner',
    password,
    isActive: true,
    registrationToken: null,
    roles: [superAdmin.id],
  });
};
