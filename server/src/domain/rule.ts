import type { Lane, Occurrence, TriggerEvent } from '../../../shared/vocabulary';
import type { Condition } from './condition';
import type { SendWindow } from './send-window';

/** A rule's recipient: a path in the entry (dots cross relations) or a fixed number. */
export type RecipientSource = { readonly path: string } | { readonly number: string };

/** The owner's instruction: on this event, if this holds, text these people this. */
export interface Rule {
  readonly key: string;
  /** Hash of the definition: an intent remembers under which version it was taken. */
  readonly version: string;
  readonly name: string;
  readonly uid: string;
  readonly event: TriggerEvent;
  /** For `changed`: the field, and optionally from which and to which values. */
  readonly field: string | null;
  readonly from: readonly string[] | null;
  readonly to: readonly string[] | null;
  /** On types with drafts: which version of the entry the rule looks at. */
  readonly watch: 'published' | 'draft';
  readonly condition: Condition | null;
  readonly recipients: readonly RecipientSource[];
  readonly template: string;
  readonly alphaname: string | null;
  readonly lane: Lane;
  readonly occurrence: Occurrence;
  readonly delayMs: number;
  readonly expiryMs: number;
  readonly sendWindow: SendWindow | null;
}

/** Scalar fields of one version of an entry. */
export type Fields = Readonly<Record<string, unknown>>;

/** One side (before or after) of a write. */
export interface DocumentSide {
  readonly draft: Fields | null;
  readonly published: Fields | null;
  /** Does any locale exist / is any locale published? A translation is not a new entry. */
  readonly existsInAnyLocale: boolean;
  readonly publishedInAnyLocale: boolean;
}

export interface DocumentChange {
  readonly uid: string;
  readonly documentId: string;
  readonly hasDraftAndPublish: boolean;
  readonly before: DocumentSide;
  readonly after: DocumentSide;
}

/** What a rule saw: the name of the transition goes into the dedupe key. */
export interface Transition {
  readonly name: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

/**
 * An entry that a "first published" rule would have watched goes away. It sends nothing, but leaves a decision, so that
 * publishing it again is not taken for the first time, even when the first time was before the rule existed.
 */
export const WAS_THERE = 'was_there';

/** Does the change concern this rule? Conditions are not looked at here: they are checked when the intent is decided. */
export const matchRule = (rule: Rule, change: DocumentChange): Transition | null => {
  if (rule.uid !== change.uid) return null;
  const draft = change.hasDraftAndPublish && rule.watch === 'draft';
  const before = draft ? change.before.draft : change.before.published;
  const after = draft ? change.after.draft : change.after.published;
  const existedBefore = draft ? change.before.existsInAnyLocale : change.before.publishedInAnyLocale;
  const existsAfter = draft ? change.after.existsInAnyLocale : change.after.publishedInAnyLocale;
  const seen = (name: string): Transition => ({ name, before, after });
  switch (rule.event) {
    case 'created':
    case 'published':
      if (existedBefore && !existsAfter) return seen(WAS_THERE);
      return after && !existedBefore ? seen(rule.event) : null;
    case 'updated':
      return before && after && differs(before, after) ? seen('updated') : null;
    case 'changed':
      return matchChanged(rule, before, after, seen);
    case 'unpublished':
      return existedBefore && !existsAfter && change.after.existsInAnyLocale ? seen('unpublished') : null;
    case 'deleted':
      return change.before.existsInAnyLocale && !change.after.existsInAnyLocale && before ? seen('deleted') : null;
  }
};

const matchChanged = (
  rule: Rule,
  before: Fields | null,
  after: Fields | null,
  seen: (name: string) => Transition,
): Transition | null => {
  if (!rule.field || !before || !after) return null;
  const was = textOf(before[rule.field]);
  const is = textOf(after[rule.field]);
  if (was === is) return null;
  if (rule.from && !rule.from.includes(was)) return null;
  if (rule.to && !rule.to.includes(is)) return null;
  // The value it came from is left out: an order that flips back and forth reaches "shipped" once.
  return seen(`changed:${rule.field}=${is}`);
};

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** Columns that every write touches say nothing about a change. */
const HOUSEKEEPING = new Set(['id', 'updatedAt', 'publishedAt', 'createdAt', 'updated_at', 'published_at']);

const differs = (before: Fields, after: Fields): boolean =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].some(
    (key) => !HOUSEKEEPING.has(key) && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );

/**
 * What makes the same fact count again, for the dedupe key.
 * @param day calendar day of the event in the site's zone, e.g. 2026-03-01
 */
export const occurrenceKey = (
  occurrence: Occurrence,
  transition: string,
  day: string,
  intentId: string,
): { readonly transition: string; readonly occurrence: string } => {
  switch (occurrence) {
    case 'once_per_entry':
      return { transition: '', occurrence: '' };
    case 'once_per_transition':
      return { transition, occurrence: '' };
    case 'once_per_day':
      return { transition, occurrence: day };
    case 'every_time':
      return { transition, occurrence: intentId };
  }
};
