import { INTENT_STATES } from '../../../../../shared/vocabulary';
import { choice, count, epoch, label, ledgerType, long, NAME_LENGTH, short } from '../schema';

/** A write that rules watch. Snapshots and matched rules are ASCII-escaped JSON, so no database charset can refuse them. */
export const intent = ledgerType(
  'intent',
  'intents',
  'A write that SMS rules watch, recorded in the transaction of that write',
  {
    entryUid: label('required'),
    entryDocumentId: short(NAME_LENGTH),
    entryLocale: label(),
    matchedRules: long('required'),
    snapshotBefore: long(),
    snapshotAfter: long(),
    state: choice(INTENT_STATES),
    dueAt: epoch(),
    /** 0 while nobody decides it. */
    leaseUntil: epoch(),
    /** Tells apart two callers that claim at the same moment. */
    claimToken: short(64, 'optional'),
    attempts: count(),
    detail: long(),
    recordedAt: epoch(),
    /** When retention erased the snapshots. */
    erasedAt: epoch('optional'),
  },
  {
    plain: {
      due: ['state', 'lease_until', 'due_at'],
      retention: ['erased_at', 'due_at'],
    },
  },
);
