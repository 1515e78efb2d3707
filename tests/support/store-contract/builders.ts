import { v7 } from 'uuid';
import type { CampaignId, DedupeKey, MessageId, SubmissionId } from '../../../server/src/domain/brands';
import type { Message } from '../../../server/src/domain/message';
import type { Submission } from '../../../server/src/domain/submission';
import type { Batch, Decision, Intent, Pause } from '../../../server/src/delivery/ports';

/** A moment beyond 32 bits of seconds (2038): every time in these tests is that late. */
export const NOW = 4_102_444_800_000;
export const MINUTE = 60_000;
export const ACCOUNT = 'account-1';

// Tests stand where the functions that make branded values do: here they are made up.
export const messageId = (id: string = v7()): MessageId => id as MessageId;
export const submissionId = (id: string = v7()): SubmissionId => id as SubmissionId;
export const campaignId = (id: string): CampaignId => id as CampaignId;
export const keyOf = (key: string): DedupeKey => key as DedupeKey;

export const message = (fields: Partial<Message> = {}): Message => {
  const id = fields.id ?? messageId();
  return {
    id,
    dedupeKey: keyOf(`key-${id}`),
    account: ACCOUNT,
    lane: 'service',
    origin: 'rule',
    ruleKey: 'order-paid',
    intentId: null,
    batchId: null,
    uid: 'api::order.order',
    documentId: 'order-1',
    createdBy: null,
    to: '380501234567',
    text: 'Ваше замовлення сплачено',
    alphaname: 'SHOP',
    encoding: 'ucs2',
    segmentCount: 1,
    state: 'queued',
    reason: null,
    detail: null,
    dueAt: NOW,
    expiresAt: NOW + 60 * MINUTE,
    createdAt: NOW,
    submissionId: null,
    campaignId: null,
    gatewayStatus: null,
    statusAt: null,
    acceptedAt: null,
    finalAt: null,
    attempts: 0,
    fence: 0,
    ...fields,
  };
};

/** A message that stands in a request at the gateway. */
export const sendingMessage = (fields: Partial<Message> = {}): Message =>
  message({ state: 'sending', fence: 1, attempts: 1, submissionId: submissionId(), ...fields });

export const submission = (fields: Partial<Submission> = {}): Submission => {
  const id = fields.id ?? submissionId();
  return {
    id,
    account: ACCOUNT,
    lane: 'service',
    kind: 'single',
    alphaname: 'SHOP',
    size: 1,
    marker: `ref ${id}`,
    state: 'sealed',
    fence: 0,
    batchId: null,
    createdAt: NOW,
    expiresAt: NOW + 60 * MINUTE,
    owner: null,
    leaseUntil: 0,
    sendingAt: null,
    finishedAt: null,
    campaignId: null,
    errorKind: null,
    errorCode: null,
    reason: null,
    detail: null,
    leadCampaignId: null,
    balanceBefore: null,
    balanceAfter: null,
    pollAt: null,
    polls: 0,
    askedAt: null,
    pollUntil: NOW + 120 * MINUTE,
    ...fields,
  };
};

export const intent = (fields: Partial<Intent> = {}): Intent => ({
  id: v7(),
  uid: 'api::order.order',
  documentId: 'order-1',
  locale: null,
  rules: [{ key: 'order-paid', version: 'v1', transition: 'changed:state=paid' }],
  before: { state: 'new' },
  after: { state: 'paid' },
  state: 'pending',
  dueAt: NOW,
  createdAt: NOW,
  attempts: 0,
  ...fields,
});

export const decision = (fields: Partial<Decision> = {}): Decision => ({
  id: v7(),
  intentId: v7(),
  ruleKey: 'order-paid',
  ruleVersion: 'v1',
  uid: 'api::order.order',
  documentId: 'order-1',
  outcome: 'fired',
  reason: null,
  detail: null,
  messageCount: 1,
  createdAt: NOW,
  ...fields,
});

export const pause = (fields: Partial<Pause> = {}): Pause => ({
  account: ACCOUNT,
  alphaname: null,
  reason: 'no_funds',
  detail: 'The account is empty.',
  since: NOW,
  probeAt: NOW + MINUTE,
  tries: 0,
  ...fields,
});

export const batch = (fields: Partial<Batch> = {}): Batch => ({
  id: v7(),
  dedupeKey: keyOf(`batch-${v7()}`),
  name: 'Чорна п’ятниця',
  kind: 'group',
  total: 100,
  createdBy: 'Оксана',
  createdAt: NOW,
  ...fields,
});

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
