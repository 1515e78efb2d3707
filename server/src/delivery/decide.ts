import { evaluate } from '../domain/condition';
import { ruleKeyParts, type Keyring } from '../domain/dedupe-key';
import { parsePhoneNumber } from '../domain/phone-number';
import { occurrenceKey, WAS_THERE, type Fields, type Rule } from '../domain/rule';
import { nextAllowed } from '../domain/send-window';
import type { Reason } from '../../../shared/vocabulary';
import type { MessageDraft } from './compose-message';
import { enqueue, type EnqueueDeps } from './enqueue';
import { leasesOf } from './leases';
import { readLive } from './live-fields';
import type { Decision, Entries, Intent, Ledger, Log, Rules } from './ports';
import { resolveRecipients } from './recipients';
import { templateOf } from './template-cache';

export interface DecideDeps extends EnqueueDeps {
  readonly ledger: Ledger;
  readonly rules: Rules;
  readonly entries: Entries;
  readonly keyring: Keyring;
  readonly log: Log;
  /** Calendar day of an instant in the site's zone, e.g. 2026-03-01. */
  readonly dayOf: (at: number) => string;
}

const AT_ONCE = 20;
/** An intent that fails this often is set aside with its reason instead of failing for ever. */
const MAX_ATTEMPTS = 10;
/** Longest wait between two tries. */
const MAX_RETRY_MS = 5 * 60_000;

interface Verdict {
  readonly drafts: readonly MessageDraft[];
  readonly reason: Reason | null;
  readonly detail: string | null;
}

const skip = (reason: Reason, detail: string | null = null): Verdict => ({ drafts: [], reason, detail });

/** Decides due intents: one decision per rule, fired or why not. Returns how many intents it looked at. */
export const decideDue = async (deps: DecideDeps): Promise<number> => {
  const now = deps.clock.now();
  const intents = await deps.ledger.intents.claimDue({
    now,
    limit: AT_ONCE,
    leaseUntil: now + leasesOf(deps.sending).decideMs,
  });
  for (const intent of intents) await decideSafely(intent, deps);
  return intents.length;
};

const decideSafely = async (intent: Intent, deps: DecideDeps): Promise<void> => {
  try {
    const verdicts = await judgeAll(intent, deps);
    await record(intent, verdicts, deps);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    deps.log.error(`Intent ${intent.id} could not be decided (try ${intent.attempts} of ${MAX_ATTEMPTS}): ${why}`);
    // A database that refuses to write says nothing about the intent: it waits until the database is well or it is too late.
    const hopeless = intent.attempts >= MAX_ATTEMPTS && !(error instanceof NotRecorded);
    if (hopeless) await deps.ledger.intents.finish(intent.id, 'broken', why.slice(0, 500));
    else await deps.ledger.intents.postpone(intent.id, deps.clock.now() + retryAfter(intent.attempts));
  }
};

const retryAfter = (attempts: number): number => Math.min(MAX_RETRY_MS, 1_000 * 2 ** attempts);

/** The verdicts stand, but the database did not take them. */
class NotRecorded extends Error {}

interface Judged {
  readonly ref: Intent['rules'][number];
  readonly verdict: Verdict;
}

const judgeAll = async (intent: Intent, deps: DecideDeps): Promise<Judged[]> => {
  const verdicts: Judged[] = [];
  for (const ref of intent.rules) verdicts.push({ ref, verdict: await judge(intent, ref, deps) });
  return verdicts;
};

const record = async (intent: Intent, verdicts: readonly Judged[], deps: DecideDeps): Promise<void> => {
  // Decisions, messages and the end of the intent are one commit: a crash before it repeats all, after it nothing.
  await deps.ledger
    .transaction(async (ledger) => {
      const decisions: Decision[] = [];
      for (const { ref, verdict } of verdicts) {
        const results = verdict.drafts.length > 0 ? await enqueue(ledger, verdict.drafts, deps) : [];
        decisions.push({
          id: deps.ids.next(),
          intentId: intent.id,
          ruleKey: ref.key,
          ruleVersion: ref.version,
          uid: intent.uid,
          documentId: intent.documentId,
          outcome: verdict.drafts.length > 0 ? 'fired' : 'skipped',
          reason: verdict.reason,
          detail: verdict.detail,
          messageCount: results.filter(({ outcome }) => outcome !== 'duplicate').length,
          createdAt: deps.clock.now(),
        });
      }
      await ledger.decisions.insertNew(decisions);
      await ledger.intents.finish(intent.id, 'decided', null);
    })
    .catch((error: unknown) => {
      throw new NotRecorded(error instanceof Error ? error.message : 'unknown error');
    });
};

const judge = async (intent: Intent, ref: Intent['rules'][number], deps: DecideDeps): Promise<Verdict> => {
  const rule = deps.rules.byKey(ref.key);
  if (!rule) return skip('rule_gone');
  if (ref.transition === WAS_THERE) return skip('published_before');
  if (deps.clock.now() > intent.dueAt + rule.expiryMs) return skip('too_late');
  if (
    (rule.event === 'published' || rule.event === 'created') &&
    (await deps.ledger.decisions.existsBefore(rule.key, intent.documentId, intent.id))
  )
    return skip('published_before');
  const read = await readLive(rule, intent, deps.entries);
  if (!read.ok) return skip(read.reason, read.detail);
  if (rule.condition) {
    const { holds, failed } = evaluate(rule.condition, read.fields);
    if (!holds) return skip('condition_false', failed);
  }
  const recipients = resolveRecipients(rule.recipients, read.fields);
  if (recipients.length === 0) return skip('no_recipient', 'None of the recipient fields of this rule has a number.');
  return {
    drafts: draftsFor(rule, ref.transition, intent, unique(recipients, deps), read.fields, deps),
    reason: null,
    detail: null,
  };
};

/** The same person named twice, even in two spellings, gets one text. */
const unique = (recipients: readonly string[], deps: DecideDeps): string[] => {
  const seen = new Map<string, string>();
  for (const recipient of recipients) {
    const phone = parsePhoneNumber(recipient, deps.sending.defaultCountry);
    const key = phone.ok ? phone.msisdn : recipient;
    if (!seen.has(key)) seen.set(key, recipient);
  }
  return [...seen.values()];
};

/** The text is rendered here, exactly once; sending never renders. */
const draftsFor = (
  rule: Rule,
  transition: string,
  intent: Intent,
  recipients: readonly string[],
  fields: Fields,
  deps: DecideDeps,
): MessageDraft[] => {
  const rendered = templateOf(rule).render(fields);
  const dueAt = nextAllowed(deps.clock.now(), rule.sendWindow);
  // Counted from when it was due, not from now: a text decided late does not get its time twice.
  const expiresAt = nextAllowed(intent.dueAt, rule.sendWindow) + rule.expiryMs;
  const fact = occurrenceKey(rule.occurrence, transition, deps.dayOf(intent.createdAt), intent.id);
  const key = (recipient: string) =>
    deps.keyring(ruleKeyParts({ ruleKey: rule.key, documentId: intent.documentId, ...fact, recipient }));
  return recipients.map((to) => ({
    to,
    text: rendered.ok ? rendered.text : null,
    ...(rendered.ok ? {} : { problem: rendered }),
    alphaname: rule.alphaname,
    lane: rule.lane,
    origin: 'rule',
    ruleKey: rule.key,
    intentId: intent.id,
    batchId: null,
    uid: intent.uid,
    documentId: intent.documentId,
    createdBy: null,
    dueAt,
    expiresAt,
    key,
    // A rejected text must not use up the fact: when the entry is mended and the event happens again, it may be sent.
    rejectedKey: (recipient) => deps.keyring(['rejected', rule.key, intent.id, recipient]),
  }));
};
