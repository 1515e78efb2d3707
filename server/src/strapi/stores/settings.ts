import type { SettingStore } from '../../delivery/ports';
import { storable, strapiColumns } from './columns';
import type { Database } from './database';
import { LedgerMisuse } from './database-error';
import { insertAbsent } from './insert-absent';
import { uuidOf } from './row-id';

/** A setting tells nothing about its age; the column of Strapi gets the moment of the write. */
const toRow = (key: string, value: string): object => ({
  ...strapiColumns(uuidOf(), Date.now()),
  setting_key: key,
  value: storable(value),
});

export const createSettingStore = (database: Database): SettingStore => {
  const read = async (key: string, newest: boolean): Promise<string | null> => {
    const query = database.table('setting').where('setting_key', key).first();
    const row: { value: string } | undefined = await (newest ? database.locked(query) : query);
    return row ? row.value : null;
  };
  return {
    get: (key) => read(key, false),

    ensure: async (key, value) => {
      const known = await read(key, false);
      if (known !== null) return known;
      await insertAbsent(database, 'setting', [toRow(key, value)], ['setting_key']);
      const stored = await read(key, true);
      if (stored === null) throw new LedgerMisuse('A setting vanished while it was being stored');
      return stored;
    },

    put: async (key, value) => {
      await database.table('setting').insert(toRow(key, value)).onConflict(['setting_key']).merge(['value']);
    },
  };
};
