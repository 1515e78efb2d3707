import type { Knex } from 'knex';
import { DEFAULT_TABLES } from '../../../server/src/strapi/stores/table-names';

/**
 * Messages that a process held in `sending` when it was killed: at most so many may end in doubt. Those that another process
 * gave up just before, because the request took longer than its lease, were held as well.
 */
export const sendingRowsOf = async (knex: Knex, owner: string): Promise<number> => {
  const rows: { size: number }[] = await knex(DEFAULT_TABLES.submission)
    .select('size')
    .whereIn('state', ['sending', 'in_doubt'])
    .where({ owner });
  return rows.reduce((sum, { size }) => sum + size, 0);
};
