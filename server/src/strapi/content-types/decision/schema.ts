import { DECISION_OUTCOMES, REASONS } from '../../../../../shared/vocabulary';
import { choice, count, epoch, ID_LENGTH, label, ledgerType, long, NAME_LENGTH, short } from '../schema';

/** What one rule made of one intent. */
export const decision = ledgerType(
  'decision',
  'decisions',
  'What one SMS rule made of one intent',
  {
    intentId: short(ID_LENGTH),
    ruleKey: short(NAME_LENGTH),
    ruleVersion: label('required'),
    entryUid: label('required'),
    entryDocumentId: short(NAME_LENGTH),
    outcome: choice(DECISION_OUTCOMES),
    reason: choice(REASONS, 'optional'),
    detail: long(),
    messageCount: count(),
    recordedAt: epoch(),
  },
  {
    unique: { intent_rule: ['intent_id', 'rule_key'] },
    plain: {
      history: ['rule_key', 'entry_document_id', 'intent_id'],
      document: ['entry_document_id', 'recorded_at'],
      outcome: ['outcome', 'recorded_at'],
      log: ['recorded_at'],
    },
  },
);
