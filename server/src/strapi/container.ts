import type { Core } from '@strapi/strapi';
import type { Container } from '../compose';

const containers = new WeakMap<Core.Strapi, Container>();

export const keepContainer = (strapi: Core.Strapi, container: Container): void => {
  containers.set(strapi, container);
};

export const dropContainer = (strapi: Core.Strapi): void => {
  containers.delete(strapi);
};

/** The parts of this Strapi instance, null before bootstrap and after destroy. */
export const findContainer = (strapi: Core.Strapi): Container | null => containers.get(strapi) ?? null;

/** @throws when the plugin has not been started: its services work from Strapi's bootstrap on, not in register() */
export const containerOf = (strapi: Core.Strapi): Container => {
  const container = findContainer(strapi);
  if (!container) throw new Error('The svitsms plugin is not started yet. Use its services from bootstrap() on.');
  return container;
};
