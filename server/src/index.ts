import { bootstrap } from './strapi/bootstrap';
import { parseConfig } from './strapi/config';
import contentTypes from './strapi/content-types';
import controllers from './strapi/controllers';
import { destroy } from './strapi/destroy';
import { policies } from './strapi/permissions';
import { register } from './strapi/register';
import routes from './strapi/routes';
import { loadRules } from './strapi/rule-book';
import services from './strapi/services';

export type { Services } from './strapi/services';

const plugin = {
  register,
  bootstrap,
  destroy,
  config: {
    default: {},
    validator: (config: unknown): void => {
      loadRules(parseConfig(config).rules);
    },
  },
  contentTypes,
  controllers,
  policies,
  routes,
  services,
};

export default plugin;
