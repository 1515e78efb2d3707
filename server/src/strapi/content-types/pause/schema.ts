import { PAUSE_REASONS } from '../../../../../shared/vocabulary';
import { ACCOUNT_LENGTH, choice, count, epoch, ID_LENGTH, ledgerType, long, short } from '../schema';

/** Why sending waits. */
export const pause = ledgerType(
  'pause',
  'pauses',
  'Why an SMS account, or one of its sender names, waits',
  {
    account: short(ACCOUNT_LENGTH),
    /** Empty for the whole account: NULLs would not collide in the unique index. */
    alphaname: short(ID_LENGTH),
    reason: choice(PAUSE_REASONS),
    detail: long(),
    since: epoch(),
    probeAt: epoch('optional'),
    tries: count(),
    /** When it ended; such a row waits to be forgotten. */
    healedAt: epoch('optional'),
  },
  { unique: { key: ['account', 'alphaname', 'reason'] } },
);
