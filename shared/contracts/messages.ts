import { z } from 'zod';
import { BATCH_STATES, ENCODINGS, LANES, MESSAGE_STATES, ORIGINS, REASONS, SUBMISSION_STATES } from '../vocabulary';
import { instant, money, pageQuery, pagination } from './common';

/** One row of the log. `to` and `text` are masked for people without `messages.read-text`. */
export const messageView = z.object({
  id: z.string(),
  state: z.enum(MESSAGE_STATES),
  reason: z.enum(REASONS).nullable(),
  detail: z.string().nullable(),
  to: z.string(),
  text: z.string(),
  masked: z.boolean(),
  alphaname: z.string().nullable(),
  encoding: z.enum(ENCODINGS).nullable(),
  segmentCount: z.number().int(),
  lane: z.enum(LANES),
  origin: z.enum(ORIGINS),
  ruleKey: z.string().nullable(),
  entry: z.object({ uid: z.string(), documentId: z.string() }).nullable(),
  batchId: z.string().nullable(),
  campaignId: z.string().nullable(),
  /** The gateway's own word, verbatim. */
  gatewayStatus: z.string().nullable(),
  attempts: z.number().int(),
  createdAt: instant,
  dueAt: instant,
  expiresAt: instant,
  acceptedAt: instant.nullable(),
  statusAt: instant.nullable(),
  finalAt: instant.nullable(),
});
export type MessageView = z.infer<typeof messageView>;

/** GET /svitsms/messages */
export const messagesQuery = pageQuery.extend({
  state: z.enum(MESSAGE_STATES).optional(),
  origin: z.enum(ORIGINS).optional(),
  /** Digits of a number, or an exact id, campaign id or entry id. */
  search: z.string().trim().max(100).optional(),
  documentId: z.string().max(100).optional(),
  batchId: z.string().max(100).optional(),
});
export type MessagesQuery = z.infer<typeof messagesQuery>;
export const messagesResponse = z.object({ results: z.array(messageView), pagination });
export type MessagesResponse = z.infer<typeof messagesResponse>;

/** GET /svitsms/messages/:id : the row and the request that carried it, with the evidence kept for one in doubt. */
export const messageDetailResponse = messageView.extend({
  submission: z
    .object({
      id: z.string(),
      state: z.enum(SUBMISSION_STATES),
      marker: z.string(),
      size: z.number().int(),
      campaignId: z.string().nullable(),
      errorKind: z.string().nullable(),
      errorCode: z.string().nullable(),
      detail: z.string().nullable(),
      sendingAt: instant.nullable(),
      finishedAt: instant.nullable(),
      balanceBefore: z.string().nullable(),
      balanceAfter: z.string().nullable(),
    })
    .nullable(),
});
export type MessageDetailResponse = z.infer<typeof messageDetailResponse>;

/** POST /svitsms/messages and `service('sms').send(input)`. */
export const sendInput = z.object({
  to: z.string({ error: 'to: a phone number is required' }),
  text: z.string({ error: 'text: a text is required' }),
  alphaname: z.string().optional(),
  /** The same key never makes a second message; without one every call is a new message. */
  dedupeKey: z.string().min(1).max(200).optional(),
  dueAt: z.union([instant, z.date()]).optional(),
});
export type SendInput = z.input<typeof sendInput>;

export const sendResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('queued'), id: z.string(), segmentCount: z.number().int() }),
  z.object({ outcome: z.literal('duplicate'), id: z.string() }),
  z.object({ outcome: z.literal('rejected'), id: z.string().nullable(), reason: z.enum(REASONS), message: z.string() }),
]);
export type SendResult = z.infer<typeof sendResult>;

/** POST /svitsms/batches and `service('sms').sendMany(input)`: one text for all, or a text for each. */
export const sendManyInput = z
  .object({
    recipients: z.array(z.string()).min(1).optional(),
    text: z.string().optional(),
    messages: z
      .array(z.object({ to: z.string(), text: z.string() }))
      .min(1)
      .optional(),
    alphaname: z.string().optional(),
    name: z.string().max(200).optional(),
    /** The same key never makes a second batch: it guards against a double press. */
    dedupeKey: z.string().min(1).max(200).optional(),
    dueAt: z.union([instant, z.date()]).optional(),
  })
  .refine((v) => (v.messages === undefined) !== (v.recipients === undefined || v.text === undefined), {
    error: 'Give either recipients and text, or messages',
  });
export type SendManyInput = z.input<typeof sendManyInput>;

export const sendManyResult = z.object({
  batchId: z.string(),
  total: z.number().int(),
  queued: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.array(z.object({ to: z.string(), reason: z.enum(REASONS), message: z.string() })),
});
export type SendManyResult = z.infer<typeof sendManyResult>;

/** GET /svitsms/batches/:id */
export const batchResponse = z.object({
  id: z.string(),
  name: z.string().nullable(),
  total: z.number().int(),
  state: z.enum(BATCH_STATES),
  counts: z.partialRecord(z.enum(MESSAGE_STATES), z.number().int()),
  createdAt: instant,
});
export type BatchResponse = z.infer<typeof batchResponse>;

/** POST /svitsms/estimate: what a text would cost before it is sent; also says which numbers are no good. */
export const estimateInput = z.object({
  text: z.string().max(20_000),
  recipients: z.array(z.string()).max(10_000).default([]),
});
export type EstimateInput = z.input<typeof estimateInput>;
export const estimateResponse = z.object({
  encoding: z.enum(ENCODINGS),
  characters: z.number().int(),
  segmentCount: z.number().int(),
  /** Characters left in the last segment. */
  remaining: z.number().int(),
  /** Characters that force the short 70-character alphabet, each once, e.g. ["ї","’"]. */
  ucs2Characters: z.array(z.string()),
  problem: z.object({ reason: z.enum(REASONS), message: z.string() }).nullable(),
  recipients: z.object({
    valid: z.number().int(),
    duplicates: z.number().int(),
    bad: z.array(z.object({ to: z.string(), message: z.string() })),
  }),
  /** null when no price per segment is configured: the protocol offers no tariff. */
  cost: money.nullable(),
});
export type EstimateResponse = z.infer<typeof estimateResponse>;

/** POST /svitsms/messages/:id/resolve : a person's decision about one in doubt. */
export const resolveInput = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('accepted'), campaignId: z.string().regex(/^\d{1,20}$/, 'campaignId: digits only') }),
  z.object({ decision: z.literal('not_sent') }),
  z.object({ decision: z.literal('close') }),
]);
export type ResolveInput = z.infer<typeof resolveInput>;
