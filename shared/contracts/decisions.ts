import { z } from 'zod';
import { DECISION_OUTCOMES, REASONS } from '../vocabulary';
import { instant, pageQuery, pagination } from './common';

/** GET /svitsms/decisions : what each rule made of each event, and why nothing was sent. */
export const decisionView = z.object({
  id: z.string(),
  ruleKey: z.string(),
  outcome: z.enum(DECISION_OUTCOMES),
  reason: z.enum(REASONS).nullable(),
  detail: z.string().nullable(),
  uid: z.string(),
  documentId: z.string(),
  messageCount: z.number().int(),
  createdAt: instant,
});
export type DecisionView = z.infer<typeof decisionView>;

export const decisionsQuery = pageQuery.extend({
  outcome: z.enum(DECISION_OUTCOMES).optional(),
  documentId: z.string().max(100).optional(),
});
export const decisionsResponse = z.object({ results: z.array(decisionView), pagination });
export type DecisionsResponse = z.infer<typeof decisionsResponse>;
