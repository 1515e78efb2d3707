import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Server => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  app: { keys: env.array('APP_KEYS') ?? [] },
  // A look-up of newer Strapi versions at every start only adds noise, and fails offline.
  logger: { updates: { enabled: false } },
});

export default config;
