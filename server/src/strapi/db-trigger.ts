import type { Core } from '@strapi/strapi';
import { insideDocumentAction, type TriggerDeps } from './document-trigger';
import { NOTHING, readSide, type Side } from './snapshot';

interface LifecycleEvent {
  readonly action: string;
  readonly model: { readonly uid: string };
  readonly params: { readonly where?: unknown };
  readonly state: Record<string, unknown>;
  readonly result?: unknown;
}

/**
 * Bare `strapi.db.query(uid)` writes (users-permissions makes them) of watched types. Strapi itself is not atomic there: unless
 * the caller opened a transaction, the row is committed before we are called. Document actions come through their middleware.
 */
export const subscribeDbTrigger = (deps: TriggerDeps): void => {
  const uids = [...new Set(deps.rules.all().map(({ uid }) => uid))];
  if (uids.length === 0) return;
  const foreign = (event: LifecycleEvent): boolean => insideDocumentAction.getStore() !== event.model.uid;
  const before = async (event: LifecycleEvent): Promise<void> => {
    if (foreign(event)) event.state['svitsms'] = await sideOfWhere(deps.strapi, event);
  };
  const after = async (event: LifecycleEvent): Promise<void> => {
    if (foreign(event)) await recordChange(deps, event);
  };
  deps.strapi.db.lifecycles.subscribe({
    models: uids,
    beforeUpdate: before,
    beforeDelete: before,
    afterCreate: after,
    afterUpdate: after,
    afterDelete: after,
  });
};

const sideOfWhere = async (strapi: Core.Strapi, event: LifecycleEvent): Promise<Side> => {
  const where = event.params.where;
  if (typeof where !== 'object' || where === null) return NOTHING;
  const row: unknown = await strapi.db.query(event.model.uid).findOne({ where, select: ['documentId', 'locale'] });
  const documentId = textIn(row, 'documentId');
  return documentId ? await readSide(strapi, event.model.uid, documentId, textIn(row, 'locale'), []) : NOTHING;
};

const recordChange = async (deps: TriggerDeps, event: LifecycleEvent): Promise<void> => {
  const documentId = textIn(event.result, 'documentId');
  if (!documentId) return;
  const uid = event.model.uid;
  await deps.strapi.db.transaction(async ({ onCommit }) => {
    const before = asSide(event.state['svitsms']);
    const after = await readSide(deps.strapi, uid, documentId, before.locale ?? textIn(event.result, 'locale'), []);
    const intents = deps.makeIntents(uid, documentId, deps.rules.watching(uid), before, after);
    if (intents.length === 0) return;
    await deps.record(intents);
    onCommit(deps.nudge);
  });
};

const textIn = (row: unknown, field: 'documentId' | 'locale'): string | null => {
  const value: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, field) : null;
  return typeof value === 'string' && value !== '' ? value : null;
};

/** What `before` left in the event's state; absent for a create. */
const asSide = (value: unknown): Side => (isSide(value) ? value : NOTHING);
const isSide = (value: unknown): value is Side =>
  typeof value === 'object' && value !== null && 'existsInAnyLocale' in value;
