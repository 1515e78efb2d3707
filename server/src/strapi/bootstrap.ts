import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { compose, type Container } from '../compose';
import type { Intent } from '../delivery/ports';
import { PLUGIN_ID } from '../../../shared/vocabulary';
import { hideQueries } from './access-log';
import { parseConfig } from './config';
import { keepContainer } from './container';
import { subscribeDbTrigger } from './db-trigger';
import { createDocumentTrigger, type TriggerDeps } from './document-trigger';
import { intentsOf } from './intents';
import { ACTIONS } from './permissions';
import { ensurePushToken } from './push-tokens';
import { checkRules } from './rule-check';
import { hasDrafts } from './snapshot';

/** Starts the plugin. Only malformed config/plugins throws here; every other SMS trouble pauses sending. */
export const bootstrap = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await strapi.service('admin::permission').actionProvider.registerMany(ACTIONS);
  const config = parseConfig(strapi.config.get(`plugin::${PLUGIN_ID}`));
  const container = await compose(strapi, config);
  checkRules(strapi, container.rules.all());
  keepContainer(strapi, container);
  strapi.server.use((ctx, next) => hideQueries(ctx, next));
  const { pushToken } = container.credentials;
  if (pushToken) await ensurePushToken(container.ledger.settings, pushToken);
  const deps = triggerDeps(strapi, container);
  const trigger = createDocumentTrigger(deps);
  // Registered late, so that we are the innermost: other plugins' slow middlewares stay outside our transaction.
  // Strapi types each action's result apart; the trigger gives back exactly what `next` gave.
  strapi.documents.use(trigger as Parameters<typeof strapi.documents.use>[0]);
  subscribeDbTrigger(deps);
  const problem = container.accounts.problem();
  if (problem) container.log.warn(`Sending waits: ${problem}`);
  await container.runner.start();
};

const triggerDeps = (strapi: Core.Strapi, container: Container): TriggerDeps => {
  const { clock, ids, log, rules, runner, ledgerIn, config } = container;
  const insert = async (intents: readonly Intent[]): Promise<void> => {
    await strapi.db.transaction(({ trx }) => ledgerIn(trx).intents.insert(intents));
  };
  /** The owner prefers the order to the text: a failed insert is undone alone, in a savepoint. */
  const insertOrLog = async (intents: readonly Intent[]): Promise<void> => {
    await strapi.db.transaction(async ({ trx }) => {
      try {
        await trx.transaction((savepoint: Knex.Transaction) => ledgerIn(savepoint).intents.insert(intents));
      } catch {
        log.error('An intent could not be written; the entry is saved, its SMS is lost (outbox.onError: savepoint)');
      }
    });
  };
  return {
    strapi,
    rules,
    record: config.outbox.onError === 'savepoint' ? insertOrLog : insert,
    nudge: () => runner.nudge({ kind: 'intent' }),
    makeIntents: intentsOf({ clock, ids, log, hasDrafts: (uid) => hasDrafts(strapi, uid) }),
  };
};
