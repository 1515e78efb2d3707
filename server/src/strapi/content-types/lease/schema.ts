import { epoch, label, ledgerType, NAME_LENGTH, short } from '../schema';

/** Chores that one instance does at a time. */
export const lease = ledgerType(
  'lease',
  'leases',
  'Chores of the SMS plugin that one instance does at a time',
  { leaseName: short(NAME_LENGTH), holder: label('required'), leaseUntil: epoch() },
  { unique: { name: ['lease_name'] } },
);
