/**
 * The one vocabulary of the project. TypeScript unions, database enumerations, API contracts, badges and translation keys
 * are all derived from these tuples; a test compares them. Terms: see the glossary in docs/architecture.md.
 */

/** States of a message: one text for one person. */
export const MESSAGE_STATES = [
  'held',
  'queued',
  'claimed',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'undelivered',
  'expired',
  'stopped',
  'unreported',
  'rejected',
  'failed',
  'in_doubt',
  'cancelled',
  'closed',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** States a message never leaves. */
export const FINAL_MESSAGE_STATES = [
  'delivered',
  'undelivered',
  'expired',
  'stopped',
  'unreported',
  'rejected',
  'failed',
  'cancelled',
  'closed',
] as const satisfies readonly MessageState[];
export type FinalMessageState = (typeof FINAL_MESSAGE_STATES)[number];

/** States of a submission: one request to the gateway. */
export const SUBMISSION_STATES = [
  'sealed',
  'sending',
  'accepted',
  'refused',
  'retryable',
  'in_doubt',
  'closed',
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** What a submission carries: one message, one text for many, or a text for each. */
export const SUBMISSION_KINDS = ['single', 'group', 'individual'] as const;
export type SubmissionKind = (typeof SUBMISSION_KINDS)[number];

/** States of a batch, derived from its messages: waiting or on the way, finished, finished but for some in doubt. */
export const BATCH_STATES = ['running', 'held', 'done', 'done_with_doubts'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** States of an intent: a write that rules watch. `broken` = could not be decided; kept with its reason. */
export const INTENT_STATES = ['pending', 'decided', 'broken'] as const;
export type IntentState = (typeof INTENT_STATES)[number];

/** What one rule made of an intent. */
export const DECISION_OUTCOMES = ['fired', 'skipped'] as const;
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

/** `service` messages go one per request at full speed; `bulk` goes in campaigns. */
export const LANES = ['service', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/** Who asked for a message: a rule, an editor in the panel, a developer's call, the test button. */
export const ORIGINS = ['rule', 'panel', 'code', 'test'] as const;
export type Origin = (typeof ORIGINS)[number];

export const ENCODINGS = ['gsm7', 'ucs2'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What a rule listens to. */
export const TRIGGER_EVENTS = ['created', 'updated', 'changed', 'published', 'unpublished', 'deleted'] as const;
export type TriggerEvent = (typeof TRIGGER_EVENTS)[number];

/** How often one rule may text about one entry; part of the dedupe key. */
export const OCCURRENCES = ['once_per_entry', 'once_per_transition', 'once_per_day', 'every_time'] as const;
export type Occurrence = (typeof OCCURRENCES)[number];

/** Why a decision skipped, a message was rejected, failed or is in doubt. Plain words for each live in the translations. */
export const REASONS = [
  // decisions: nothing was sent because …
  'condition_false',
  'no_recipient',
  'entry_gone',
  'published_before',
  'rule_gone',
  'too_late',
  'intent_unreadable',
  // rejected: never tried
  'bad_phone',
  'empty_text',
  'empty_placeholder',
  'template_error',
  'unsendable_text',
  'too_long',
  'bad_alphaname',
  'no_alphaname',
  // failed: refused for good, or out of time
  'refused_phone',
  'refused_text',
  'stop_word',
  'refused_time',
  'refused_request',
  'expired_before_sending',
  // in doubt: it may have left
  'answer_lost',
  'answer_unreadable',
  'process_died',
  'not_mentioned',
  'campaign_id_reused',
  // after acceptance
  'no_final_report',
  'gateway_status',
  // by a person
  'cancelled_by_person',
  'closed_by_person',
  'erased',
] as const;
export type Reason = (typeof REASONS)[number];

/** Why sending waits, for the whole account or for one alphaname. */
export const PAUSE_REASONS = [
  'not_configured',
  'wrong_credentials',
  'no_funds',
  'bulk_unaffordable',
  'alphaname_refused',
  'too_many_in_doubt',
  'gateway_unreachable',
  'database_charset',
  'database_unchecked',
  'copied_database',
  'by_person',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** What went wrong in one call to the gateway, in the words of the gateway client's error kinds. */
export const FAULT_KINDS = ['invalid', 'connect', 'timeout', 'reset', 'http', 'unreadable', 'auth', 'refused'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Status of a sender name at the gateway, in our words; the gateway's own word travels beside it. */
export const ALPHANAME_STATES = ['active', 'moderating', 'blocked', 'limited', 'unknown'] as const;
export type AlphanameState = (typeof ALPHANAME_STATES)[number];

/** Admin permissions, registered under `plugin::svitsms.<id>`. */
export const PERMISSIONS = [
  'settings.read',
  'settings.update',
  'alphanames.read',
  'alphanames.manage',
  'messages.read',
  'messages.read-text',
  'messages.manage',
  'send.one',
  'send.bulk',
  'sending.pause',
] as const;
export type PermissionId = (typeof PERMISSIONS)[number];

export const PLUGIN_ID = 'svitsms';

/** The full uid of a permission, as Strapi stores it. */
export const permissionUid = (id: PermissionId): string => `plugin::${PLUGIN_ID}.${id}`;

/** Text shown instead of a number or text to people without `messages.read-text`. */
export const MASK = '•••';
