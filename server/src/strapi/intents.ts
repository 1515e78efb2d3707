import type { Clock, Ids, Intent, Log } from '../delivery/ports';
import { isBeforePath, pathsOf } from '../delivery/live-fields';
import { matchRule, type Fields, type Rule } from '../domain/rule';
import type { Side } from './snapshot';

/**
 * The intents of one write: one per delay and watched version among the rules that matched, for each has one snapshot. Never throws: a fault in matching must not undo the
 * owner's write, so it is logged, and the rule in question stays silent.
 */
export const intentsOf =
  (deps: { clock: Clock; ids: Ids; log: Log; hasDrafts: (uid: string) => boolean }) =>
  (uid: string, documentId: string, rules: readonly Rule[], before: Side, after: Side): Intent[] => {
    const change = { uid, documentId, hasDraftAndPublish: deps.hasDrafts(uid), before, after };
    const groups = new Map<string, { rule: Rule; transition: string; before: Fields | null; after: Fields | null }[]>();
    for (const rule of rules) {
      try {
        const seen = matchRule(rule, change);
        if (!seen) continue;
        const group = `${rule.delayMs} ${rule.watch}`;
        const matched = groups.get(group) ?? [];
        matched.push({ rule, transition: seen.name, before: seen.before, after: seen.after });
        groups.set(group, matched);
      } catch (error) {
        deps.log.error(`Rule ${rule.key} could not be matched: ${error instanceof Error ? error.message : 'unknown'}`);
      }
    }
    const now = deps.clock.now();
    return [...groups.values()].map((matched) => ({
      id: deps.ids.next(),
      uid,
      documentId,
      locale: after.locale ?? before.locale,
      rules: matched.map(({ rule, transition }) => ({ key: rule.key, version: rule.version, transition })),
      before: snapshotOf(matched.map((one) => ({ rule: one.rule, fields: one.before }))),
      after: snapshotOf(matched.map((one) => ({ rule: one.rule, fields: one.after }))),
      state: 'pending' as const,
      dueAt: now + Math.max(...matched.map(({ rule }) => rule.delayMs)),
      createdAt: now,
      attempts: 0,
    }));
  };

/** Only the fields that the rules name: what nobody asked for is not copied out of the owner's tables. */
const snapshotOf = (sides: readonly { rule: Rule; fields: Fields | null }[]): Fields | null => {
  if (sides.every(({ fields }) => fields === null)) return null;
  const snapshot: Record<string, unknown> = {};
  for (const { rule, fields } of sides) {
    if (!fields) continue;
    for (const path of pathsOf(rule)) {
      const [head, next] = path.split('.');
      const name = isBeforePath(path) ? next : head;
      if (name !== undefined && Object.hasOwn(fields, name)) snapshot[name] = plain(fields[name]);
    }
  }
  return snapshot;
};

/** As JSON would keep it: dates become text, big numbers lose nothing, functions vanish. */
const plain = (value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value === undefined ? null : JSON.parse(JSON.stringify(value) ?? 'null');
