import { BELIEVABLE_MS } from '../../delivery/leases';
import type { LeaseStore } from '../../delivery/ports';
import { labelOf, numberOf, strapiColumns, whole, type StoredNumber } from './columns';
import type { Database } from './database';
import { insertAbsent } from './insert-absent';
import { uuidOf } from './row-id';

interface LeaseRow {
  readonly holder: string;
  readonly lease_until: StoredNumber;
}

export const createLeaseStore = (database: Database): LeaseStore => ({
  take: async (name, holder, now, until) => {
    const lease = { holder: labelOf(holder), lease_until: whole(until) };
    const taken = await database
      .table('lease')
      .where('lease_name', name)
      .where(
        (free) =>
          void free
            .where('holder', lease.holder)
            .orWhere('lease_until', '<=', whole(now))
            .orWhere('lease_until', '>', whole(now + BELIEVABLE_MS)),
      )
      .update(lease);
    if (Number(taken) === 1) return true;
    const row = { ...strapiColumns(uuidOf(), now), lease_name: name, ...lease };
    await insertAbsent(database, 'lease', [row], ['lease_name']);
    const query = database.table('lease').where('lease_name', name).first();
    const standing: LeaseRow | undefined = await database.locked(query);
    return standing !== undefined && standing.holder === lease.holder && numberOf(standing.lease_until) > now;
  },

  release: async (name, holder) => {
    await database
      .table('lease')
      .where({ lease_name: name, holder: labelOf(holder) })
      .update({ lease_until: 0 });
  },
});
