import { epoch, label, ledgerType, long, NAME_LENGTH, short } from '../schema';

/** Who decided what. */
export const audit = ledgerType(
  'audit',
  'audits',
  'Who decided what about SMS',
  {
    happenedAt: epoch(),
    who: label('required'),
    action: label('required'),
    target: short(NAME_LENGTH),
    detail: long(),
  },
  { plain: { target: ['target'] } },
);
