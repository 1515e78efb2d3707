import type { Knex } from 'knex';
import type { PageRequest } from '../../delivery/ports';
import { numberOf, type StoredNumber } from './columns';

/**
 * One page of a log, newest first, and how many rows there are.
 * @param query makes the filtered query anew: it runs twice
 */
export const pageOf = async <Row>(
  query: () => Knex.QueryBuilder,
  { page, pageSize }: PageRequest,
): Promise<{ rows: Row[]; total: number }> => {
  const rows: Row[] = await query()
    .orderBy([
      { column: 'recorded_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(pageSize)
    .offset(Math.max(0, page - 1) * pageSize);
  const counted: { total: StoredNumber } | undefined = await query().count({ total: 'id' }).first();
  return { rows, total: counted ? numberOf(counted.total) : 0 };
};
