import type { Core } from '@strapi/strapi';
import { dropContainer, findContainer } from './container';

/** Ends the loops and lets requests on their way bring their answers home. */
export const destroy = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  const container = findContainer(strapi);
  if (!container) return;
  await container.runner.stop(container.config.sending.drainMs);
  container.shutDown.abort();
  dropContainer(strapi);
};
