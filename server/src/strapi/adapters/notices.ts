import type { Core } from '@strapi/strapi';
import type { Log, Notices } from '../../delivery/ports';

/**
 * Tells the rest of the site on Strapi's event hub: `svitsms.message.delivered` and so on, with the ids only.
 * A listener that throws must not end the process, so every emission is caught.
 */
export const createNotices = (strapi: Core.Strapi, log: Log): Notices => ({
  stateReached: (messages) => {
    for (const { id, state } of messages)
      void Promise.resolve()
        .then(() => strapi.eventHub.emit(`svitsms.message.${state}`, { id, state }))
        .catch(() => log.error(`A listener of svitsms.message.${state} failed; the message itself is fine`));
  },
});
