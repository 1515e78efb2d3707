import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import type { Intent } from '../delivery/ports';
import type { Rule } from '../domain/rule';
import type { intentsOf } from './intents';
import { readSide, NOTHING } from './snapshot';
import type { RuleBook } from './rule-book';

export interface TriggerDeps {
  readonly strapi: Core.Strapi;
  readonly rules: RuleBook;
  /** Writes intents in the transaction that is open now; see `outbox.onError`. */
  readonly record: (intents: readonly Intent[]) => Promise<void>;
  readonly nudge: () => void;
  readonly makeIntents: ReturnType<typeof intentsOf>;
}

const WRITES: ReadonlySet<string> = new Set([
  'create',
  'update',
  'delete',
  'publish',
  'unpublish',
  'discardDraft',
  'clone',
]);

/** While a document action runs, the database lifecycles of the same type say nothing new. */
export const insideDocumentAction = new AsyncLocalStorage<string>();

interface Context {
  readonly uid: string;
  readonly action: string;
  readonly params: object;
}

/**
 * The write and the intent to text about it are one transaction (design.md §3.2). Code after `next()` without the
 * transaction, and the event hub, lose SMS in a crash. A type that no rule watches pays one map look-up.
 */
export const createDocumentTrigger =
  (deps: TriggerDeps) =>
  async <T>(context: Context, next: () => Promise<T>): Promise<T> => {
    const rules = deps.rules.watching(context.uid);
    if (rules.length === 0 || !WRITES.has(context.action)) return next();
    return deps.strapi.db.transaction(async ({ onCommit }) => {
      const known = documentIdOf(context.params);
      const creates = context.action === 'create' || context.action === 'clone' || known === null;
      const locale = localeOf(context.params);
      const before = creates ? NOTHING : await readSide(deps.strapi, context.uid, known, locale, goneRules(rules));
      const result = await insideDocumentAction.run(context.uid, next);
      const documentId = creates ? documentIdOf(result) : known;
      if (documentId === null) return result;
      const after = await readSide(deps.strapi, context.uid, documentId, locale ?? before.locale, []);
      const intents = deps.makeIntents(context.uid, documentId, rules, before, after);
      if (intents.length > 0) {
        await deps.record(intents);
        onCommit(deps.nudge);
      }
      return result;
    });
  };

/** Rules about entries that go away need their relations read before they are gone. */
const goneRules = (rules: readonly Rule[]): readonly Rule[] =>
  rules.filter(({ event }) => event === 'deleted' || event === 'unpublished');

const stringAt = (value: unknown, key: string): string | null => {
  if (typeof value !== 'object' || value === null || !(key in value)) return null;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' && found !== '' ? found : null;
};
const documentIdOf = (value: unknown): string | null => stringAt(value, 'documentId');
const localeOf = (params: object): string | null => {
  const locale = stringAt(params, 'locale');
  return locale === '*' ? null : locale;
};
