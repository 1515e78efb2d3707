import { ENCODINGS, LANES, MESSAGE_STATES, ORIGINS, REASONS } from '../../../../../shared/vocabulary';
import {
  ACCOUNT_LENGTH,
  choice,
  count,
  epoch,
  ID_LENGTH,
  label,
  ledgerType,
  long,
  NAME_LENGTH,
  short,
} from '../schema';

/** One text for one person. */
export const message = ledgerType(
  'message',
  'messages',
  'One text for one person',
  {
    dedupeKey: short(NAME_LENGTH),
    account: short(ACCOUNT_LENGTH),
    lane: choice(LANES),
    origin: choice(ORIGINS),
    ruleKey: label(),
    intentId: label(),
    batchId: short(ID_LENGTH, 'optional'),
    entryUid: label(),
    entryDocumentId: short(NAME_LENGTH, 'optional'),
    author: label(),
    recipient: label('required'),
    text: long('required'),
    alphaname: label(),
    encoding: choice(ENCODINGS, 'optional'),
    segmentCount: count(),
    state: choice(MESSAGE_STATES),
    reason: choice(REASONS, 'optional'),
    detail: long(),
    dueAt: epoch(),
    expiresAt: epoch(),
    recordedAt: epoch(),
    submissionId: short(ID_LENGTH, 'optional'),
    campaignId: short(ID_LENGTH, 'optional'),
    gatewayStatus: label(),
    statusAt: epoch('optional'),
    acceptedAt: epoch('optional'),
    finalAt: epoch('optional'),
    /** When retention erased number and text. */
    erasedAt: epoch('optional'),
    attempts: count(),
    fence: count(),
  },
  {
    unique: { dedupe_key: ['dedupe_key'] },
    plain: {
      // Thousands may be due at the same moment, when a send window opens: their order must come from the index as well.
      // And one batch that may not leave yet must not stand before the others, so each has an order of its own.
      plan: ['account', 'lane', 'state', 'batch_id', 'due_at', 'document_id'],
      expiring: ['state', 'expires_at'],
      state: ['state', 'recorded_at'],
      submission: ['submission_id'],
      batch: ['batch_id', 'recorded_at'],
      document: ['entry_document_id', 'recorded_at'],
      campaign: ['campaign_id'],
      log: ['recorded_at'],
      retention: ['erased_at', 'final_at'],
    },
  },
);
