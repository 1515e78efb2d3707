import { SUBMISSION_KINDS } from '../../../../../shared/vocabulary';
import { choice, count, epoch, label, ledgerType, NAME_LENGTH, short } from '../schema';

/** A bulk send of an editor. */
export const batch = ledgerType(
  'batch',
  'batches',
  'A bulk SMS send of an editor',
  {
    dedupeKey: short(NAME_LENGTH),
    name: label(),
    kind: choice(SUBMISSION_KINDS.filter((kind) => kind !== 'single')),
    total: count(),
    author: label(),
    recordedAt: epoch(),
  },
  { unique: { dedupe_key: ['dedupe_key'] } },
);
