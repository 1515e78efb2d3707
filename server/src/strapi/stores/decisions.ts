import type { DecisionOutcome, Reason } from '../../../../shared/vocabulary';
import type { Decision, DecisionStore } from '../../delivery/ports';
import { inChunks } from './chunks';
import { labelOf, numberOf, strapiColumns, textOrNull, whole, type StoredNumber, type StrapiColumns } from './columns';
import type { Database } from './database';
import { insertAbsent } from './insert-absent';
import { pageOf } from './page';

interface DecisionRow extends Pick<StrapiColumns, 'document_id'> {
  readonly intent_id: string;
  readonly rule_key: string;
  readonly rule_version: string;
  readonly entry_uid: string;
  readonly entry_document_id: string;
  readonly outcome: DecisionOutcome;
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly message_count: number;
  readonly recorded_at: StoredNumber;
}

const toRow = (decision: Decision): DecisionRow & StrapiColumns => ({
  ...strapiColumns(decision.id, decision.createdAt),
  intent_id: decision.intentId,
  rule_key: decision.ruleKey,
  rule_version: labelOf(decision.ruleVersion),
  entry_uid: labelOf(decision.uid),
  entry_document_id: decision.documentId,
  outcome: decision.outcome,
  reason: decision.reason,
  detail: textOrNull(decision.detail),
  message_count: decision.messageCount,
  recorded_at: whole(decision.createdAt),
});

const fromRow = (row: DecisionRow): Decision => ({
  id: row.document_id,
  intentId: row.intent_id,
  ruleKey: row.rule_key,
  ruleVersion: row.rule_version,
  uid: row.entry_uid,
  documentId: row.entry_document_id,
  outcome: row.outcome,
  reason: row.reason,
  detail: row.detail,
  messageCount: row.message_count,
  createdAt: numberOf(row.recorded_at),
});

export const createDecisionStore = (database: Database): DecisionStore => ({
  insertNew: async (decisions) => {
    await inChunks(decisions, (chunk) =>
      insertAbsent(database, 'decision', chunk.map(toRow), ['intent_id', 'rule_key']),
    );
  },

  existsBefore: async (ruleKey, documentId, intentId) => {
    // Ids of intents sort by time.
    const row: unknown = await database
      .table('decision')
      .select('id')
      .where({ rule_key: ruleKey, entry_document_id: documentId })
      .where('intent_id', '<', intentId)
      .first();
    return row !== undefined;
  },

  list: async ({ outcome, documentId }, page) => {
    const { rows, total } = await pageOf<DecisionRow>(() => {
      const query = database.table('decision');
      if (outcome) void query.where('outcome', outcome);
      if (documentId) void query.where('entry_document_id', documentId);
      return query;
    }, page);
    return { results: rows.map(fromRow), total };
  },
});
