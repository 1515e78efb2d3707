import { conditionPaths } from '../domain/condition';
import type { Fields, Rule } from '../domain/rule';
import type { Reason } from '../../../shared/vocabulary';
import type { Entries, Intent } from './ports';
import { templateOf } from './template-cache';

/** Every path that a rule's condition, recipients and template name; `before.` paths point into the state before the write. */
export const pathsOf = (rule: Rule): string[] => [
  ...new Set([
    ...(rule.condition ? conditionPaths(rule.condition) : []),
    ...rule.recipients.flatMap((source) => ('path' in source ? [source.path] : [])),
    ...templateOf(rule).paths,
    ...(rule.field ? [rule.field] : []),
  ]),
];

export const isBeforePath = (path: string): boolean => path === 'before' || path.startsWith('before.');

type Read =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly reason: Reason; readonly detail: string | null };

/**
 * What conditions, recipients and the template see: the snapshot taken with the write, relations read live, and, for a rule
 * with a delay, everything read live, because the order may have moved on while the rule waited.
 */
export const readLive = async (rule: Rule, intent: Intent, entries: Entries): Promise<Read> => {
  const gone = rule.event === 'deleted' || rule.event === 'unpublished';
  const snapshot: Fields = { ...(gone ? intent.before : intent.after), before: intent.before ?? {} };
  if (gone) return { ok: true, fields: snapshot };
  const delayed = rule.delayMs > 0;
  const unknown = (path: string): boolean => !Object.hasOwn(snapshot, path.split('.')[0] ?? path);
  // What the snapshot lacks is a relation or a component: the snapshot has every scalar that the rule names.
  const paths = pathsOf(rule).filter((path) => !isBeforePath(path) && (delayed || unknown(path)));
  if (paths.length === 0 && !delayed) return { ok: true, fields: snapshot };
  const live = await entries.read(intent.uid, intent.documentId, {
    locale: intent.locale,
    status: rule.watch,
    paths,
  });
  if (!live) return delayed ? { ok: false, reason: 'entry_gone', detail: null } : { ok: true, fields: snapshot };
  if (
    delayed &&
    rule.event === 'changed' &&
    rule.field &&
    String(live[rule.field]) !== String(intent.after?.[rule.field])
  )
    return { ok: false, reason: 'condition_false', detail: `${rule.field} changed again during the delay` };
  return { ok: true, fields: delayed ? { ...snapshot, ...live } : { ...relationsOf(live, paths), ...snapshot } };
};

/** Only the heads of relation paths: a scalar keeps the value it had when the event happened. */
const relationsOf = (live: Fields, paths: readonly string[]): Fields =>
  Object.fromEntries(paths.map((path) => path.split('.')[0] ?? path).map((head) => [head, live[head]]));
