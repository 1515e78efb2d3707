import { ACCOUNT_LENGTH, epoch, label, ledgerType, short } from '../schema';

/** A login at an endpoint, with the token bucket that paces it. */
export const account = ledgerType(
  'account',
  'accounts',
  'A login at the SMS gateway',
  {
    accountKey: short(ACCOUNT_LENGTH),
    endpoint: label('required'),
    verifiedAt: epoch('optional'),
    /** Millionths of a token: whole numbers compare the same in every database. NULL: a full bucket, never used. */
    microTokens: epoch('optional'),
    refilledAt: epoch('optional'),
    /** Rises with every take: what the compare-and-set of the bucket looks at. */
    takes: epoch(),
    recordedAt: epoch(),
  },
  { unique: { key: ['account_key'] } },
);
