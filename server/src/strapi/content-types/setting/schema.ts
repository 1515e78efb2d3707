import { ledgerType, long, NAME_LENGTH, short } from '../schema';

/** Small values that all instances share. */
export const setting = ledgerType(
  'setting',
  'settings',
  'Values that all instances of the SMS plugin share',
  { settingKey: short(NAME_LENGTH), value: long('required') },
  { unique: { key: ['setting_key'] } },
);
