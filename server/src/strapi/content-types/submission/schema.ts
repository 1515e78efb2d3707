import { FAULT_KINDS, LANES, REASONS, SUBMISSION_KINDS, SUBMISSION_STATES } from '../../../../../shared/vocabulary';
import { ACCOUNT_LENGTH, choice, count, epoch, ID_LENGTH, label, ledgerType, long, short } from '../schema';

/** One request to the gateway. A campaign id belongs to one submission of an account: NULLs do not collide. */
export const submission = ledgerType(
  'submission',
  'submissions',
  'One request to the SMS gateway',
  {
    account: short(ACCOUNT_LENGTH),
    lane: choice(LANES),
    kind: choice(SUBMISSION_KINDS),
    alphaname: label('required'),
    size: count(),
    marker: label('required'),
    state: choice(SUBMISSION_STATES),
    fence: count(),
    batchId: short(ID_LENGTH, 'optional'),
    recordedAt: epoch(),
    expiresAt: epoch(),
    owner: label(),
    leaseUntil: epoch(),
    /** Tells apart two callers of one instance that start sending at the same moment. */
    claimToken: short(64, 'optional'),
    sendingAt: epoch('optional'),
    finishedAt: epoch('optional'),
    campaignId: short(ID_LENGTH, 'optional'),
    errorKind: choice(FAULT_KINDS, 'optional'),
    errorCode: label(),
    reason: choice(REASONS, 'optional'),
    detail: long(),
    leadCampaignId: short(ID_LENGTH, 'optional'),
    balanceBefore: label(),
    balanceAfter: label(),
    pollAt: epoch('optional'),
    polls: count(),
    askedAt: epoch('optional'),
    pollUntil: epoch(),
  },
  {
    unique: { campaign: ['account', 'campaign_id'] },
    plain: {
      sealed: ['account', 'state', 'lane'],
      poll: ['account', 'poll_at'],
      abandoned: ['state', 'lease_until'],
      doubt: ['account', 'state', 'finished_at'],
      lead: ['account', 'lead_campaign_id'],
      batch: ['batch_id', 'state'],
    },
  },
);
