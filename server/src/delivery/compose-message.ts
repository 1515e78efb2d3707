import type { CountryCode } from 'libphonenumber-js';
import type { Lane, Origin, Reason } from '../../../shared/vocabulary';
import { checkAlphaname } from '../domain/alphaname';
import type { DedupeKey, MessageId } from '../domain/brands';
import type { Message } from '../domain/message';
import { parsePhoneNumber } from '../domain/phone-number';
import { measure } from '../domain/segments';
import { findUnsendable, normalizeText } from '../domain/text';

/** What any way to send hands in: a rule, an editor, a developer's call, the test button. */
export interface MessageDraft {
  readonly to: string;
  /** null when there is no text because the template failed; then `problem` says why. */
  readonly text: string | null;
  readonly problem?: { readonly reason: Reason; readonly message: string };
  readonly alphaname: string | null;
  readonly lane: Lane;
  readonly origin: Origin;
  readonly ruleKey: string | null;
  readonly intentId: string | null;
  readonly batchId: string | null;
  readonly uid: string | null;
  readonly documentId: string | null;
  readonly createdBy: string | null;
  readonly dueAt: number;
  readonly expiresAt: number;
  /** Key of a message that is fit to send, for its normalised number; a rejected one gets `rejectedKey`. */
  readonly key: (recipient: string) => DedupeKey;
  readonly rejectedKey: (recipient: string) => DedupeKey;
}

/** Longest text the panel and the ledger accept: ten segments of Ukrainian text, beyond which a template or a paste went wrong. */
export const MAX_SEGMENTS = 10;

interface Problem {
  readonly reason: Reason;
  readonly message: string;
}

/** A draft becomes a message, fit to send or rejected with its reason. Bad data is a value here, never an exception. */
export const composeMessage = (
  draft: MessageDraft,
  context: { id: MessageId; now: number; account: string; defaultAlphaname: string | null; country: CountryCode },
): Message => {
  const phone = parsePhoneNumber(draft.to, context.country);
  const text = normalizeText(draft.text ?? '');
  const alphaname = draft.alphaname ?? context.defaultAlphaname;
  const size = measure(text);
  const problem: Problem | null =
    draft.problem ??
    (phone.ok ? null : phone) ??
    findUnsendable(text) ??
    alphanameProblem(alphaname) ??
    tooLong(size.segmentCount);
  const to = phone.ok ? phone.msisdn : draft.to.slice(0, 40);
  return {
    id: context.id,
    dedupeKey: problem ? draft.rejectedKey(to) : draft.key(to),
    account: context.account,
    lane: draft.lane,
    origin: draft.origin,
    ruleKey: draft.ruleKey,
    intentId: draft.intentId,
    batchId: draft.batchId,
    uid: draft.uid,
    documentId: draft.documentId,
    createdBy: draft.createdBy,
    to,
    text: problem ? storable(text) : text,
    alphaname,
    encoding: size.encoding,
    segmentCount: size.segmentCount,
    state: problem ? 'rejected' : 'queued',
    reason: problem?.reason ?? null,
    detail: problem?.message ?? null,
    dueAt: draft.dueAt,
    expiresAt: draft.expiresAt,
    createdAt: context.now,
    submissionId: null,
    campaignId: null,
    gatewayStatus: null,
    statusAt: null,
    acceptedAt: null,
    finalAt: problem ? context.now : null,
    attempts: 0,
    fence: 0,
  };
};

/** No sender name at all is the owner's setting missing, not a fault of this message: it waits with the account. */
const alphanameProblem = (alphaname: string | null): Problem | null => {
  if (alphaname === null) return null;
  const checked = checkAlphaname(alphaname);
  return checked.ok ? null : checked;
};

const tooLong = (segmentCount: number): Problem | null =>
  segmentCount <= MAX_SEGMENTS
    ? null
    : {
        reason: 'too_long',
        message: `The text has ${segmentCount} parts; at most ${MAX_SEGMENTS} are sent. Shorten it.`,
      };

/** A rejected text is kept to be looked at; PostgreSQL cannot store U+0000 and no database a lone surrogate. */
const storable = (text: string): string =>
  text
    .replaceAll('\u0000', '\uFFFD')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .slice(0, 4_000);
