import type { Intent, SendingConfig } from '../../server/src/delivery/ports';
import type { SendRequest } from '../../server/src/delivery/send-now';
import type { DocumentChange, DocumentSide, Fields, Rule } from '../../server/src/domain/rule';
import { DAY, NOON } from './fake-clock';

export const UID = 'api::order.order';
export const SENDING: SendingConfig = {
  defaultAlphaname: 'MyShop',
  defaultCountry: 'UA',
  inFlight: 4,
  requestsPerSecond: 10,
  requestTimeoutMs: 60_000,
  lifetimeHours: 24,
  ratePerMinute: 120,
  bulkSize: 100,
  pricePerSegment: null,
  timeZone: 'Europe/Kyiv',
  soleInstance: true,
  pollIntervalMs: 1_000,
};

/** A rule that texts the customer of a new order. */
export const ruleOf = (rule: Partial<Rule> = {}): Rule => ({
  key: 'order-created',
  version: 'v1',
  name: 'New order',
  uid: UID,
  event: 'created',
  field: null,
  from: null,
  to: null,
  watch: 'published',
  condition: null,
  recipients: [{ path: 'phone' }],
  template: 'Order {{ number }}',
  alphaname: null,
  lane: 'service',
  occurrence: 'once_per_transition',
  delayMs: 0,
  expiryMs: DAY,
  sendWindow: null,
  ...rule,
});

export const ORDER: Fields = { number: 17, phone: '+380671234567', state: 'new' };

let intents = 0;
/** The intent that a write about an order leaves behind. */
export const intentOf = (rules: readonly Rule[], intent: Partial<Intent> & { transition?: string } = {}): Intent => {
  const { transition = rules[0]?.event ?? 'created', ...rest } = intent;
  const createdAt = rest.createdAt ?? NOON;
  return {
    id: `intent-${String(++intents).padStart(8, '0')}`,
    uid: UID,
    documentId: 'order-17',
    locale: null,
    rules: rules.map(({ key, version }) => ({ key, version, transition })),
    before: null,
    after: ORDER,
    state: 'pending',
    dueAt: createdAt + Math.max(0, ...rules.map(({ delayMs }) => delayMs)),
    createdAt,
    attempts: 0,
    ...rest,
  };
};

/** One side of a write. Absent: there is no such version. */
export const side = (versions: Partial<DocumentSide> = {}): DocumentSide => {
  const draft = versions.draft ?? null;
  const published = versions.published ?? null;
  return {
    draft,
    published,
    existsInAnyLocale: draft !== null || published !== null,
    publishedInAnyLocale: published !== null,
    ...versions,
  };
};

export const changeOf = (
  before: DocumentSide,
  after: DocumentSide,
  { hasDraftAndPublish = true, uid = UID }: { hasDraftAndPublish?: boolean; uid?: string } = {},
): DocumentChange => ({ uid, documentId: 'order-17', hasDraftAndPublish, before, after });

let calls = 0;
/** A developer's call for one text; each has a number of its own unless told. */
export const call = (request: Partial<SendRequest> = {}): SendRequest => ({
  to: phone(++calls),
  text: `Text ${calls}`,
  origin: 'code',
  createdBy: null,
  ...request,
});

/** The n-th of ten million mobile numbers. */
export const phone = (n: number): string => `38067${String(n % 10_000_000).padStart(7, '0')}`;
