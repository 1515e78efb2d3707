import type { Keyring } from '../domain/dedupe-key';
import { DEFAULT_EXPIRY_MS } from '../domain/retry-policy';
import type { Origin } from '../../../shared/vocabulary';
import type { MessageDraft } from './compose-message';
import { enqueue, type Enqueued, type EnqueueDeps } from './enqueue';
import type { Ledger } from './ports';

export interface SendNowDeps extends EnqueueDeps {
  readonly keyring: Keyring;
}

export interface SendRequest {
  readonly to: string;
  readonly text: string;
  readonly alphaname?: string | undefined;
  readonly dedupeKey?: string | undefined;
  /** Epoch milliseconds; absent: now. */
  readonly dueAt?: number | undefined;
  readonly origin: Origin;
  readonly createdBy: string | null;
}

/** A developer's or an editor's single text, through the same door as a rule's. */
export const sendOne = async (ledger: Ledger, request: SendRequest, deps: SendNowDeps): Promise<Enqueued> => {
  const [result] = await enqueue(ledger, [draftOf(request, deps, { lane: 'service', batchId: null })], deps);
  if (!result) throw new Error('The outbox gave no answer');
  return result;
};

export interface SendManyRequest {
  readonly messages: readonly { readonly to: string; readonly text: string }[];
  readonly individual: boolean;
  readonly alphaname?: string | undefined;
  readonly name?: string | undefined;
  readonly dedupeKey?: string | undefined;
  readonly dueAt?: number | undefined;
  readonly origin: Origin;
  readonly createdBy: string | null;
}

export interface SentMany {
  readonly batchId: string;
  readonly repeated: boolean;
  /** Per asked recipient, in order. */
  readonly results: readonly Enqueued[];
}

/** Messages composed and inserted in one go: some 10 ms in which nothing else runs. */
const PORTION = 100;

/** A batch: one text for many or a text for each. The same key never makes a second batch. */
export const sendMany = async (ledger: Ledger, request: SendManyRequest, deps: SendNowDeps): Promise<SentMany> => {
  const id = deps.ids.next();
  const batch = await ledger.batches.insertNew({
    id,
    dedupeKey: deps.keyring(['batch', request.dedupeKey ?? id]),
    name: request.name ?? null,
    kind: request.individual ? 'individual' : 'group',
    total: request.messages.length,
    createdBy: request.createdBy,
    createdAt: deps.clock.now(),
  });
  const results: Enqueued[] = [];
  for (let start = 0; start < request.messages.length; start += PORTION) {
    // A hundred thousand numbers take seconds to read; the shop goes on meanwhile.
    if (start > 0) await new Promise((resolve) => setImmediate(resolve));
    const drafts = request.messages
      .slice(start, start + PORTION)
      .map(({ to, text }) =>
        draftOf({ ...request, to, text, dedupeKey: undefined }, deps, { lane: 'bulk', batchId: batch.id }),
      );
    // A repeated call falls on the same keys and finds every message there.
    results.push(...(await enqueue(ledger, drafts, deps)));
  }
  return { batchId: batch.id, repeated: batch.existed, results };
};

const draftOf = (
  request: SendRequest,
  deps: SendNowDeps,
  { lane, batchId }: Pick<MessageDraft, 'lane' | 'batchId'>,
): MessageDraft => {
  const dueAt = request.dueAt ?? deps.clock.now();
  const nonce = deps.ids.next();
  return {
    to: request.to,
    text: request.text,
    alphaname: request.alphaname ?? null,
    lane,
    origin: request.origin,
    ruleKey: null,
    intentId: null,
    batchId,
    uid: null,
    documentId: null,
    createdBy: request.createdBy,
    dueAt,
    expiresAt: dueAt + DEFAULT_EXPIRY_MS,
    // In a batch one number gets one text, however often it is listed; alone, without a key, every call is a new message.
    key: (recipient) => deps.keyring(batchId ? ['batch', batchId, recipient] : ['call', request.dedupeKey ?? nonce]),
    // A rejected call leaves its key free, so that the corrected call goes through.
    rejectedKey: (recipient) => deps.keyring(['rejected', batchId ?? nonce, recipient]),
  };
};
