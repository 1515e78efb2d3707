import type { Page, PageRequest } from '../../../server/src/delivery/ports';

/** One page, newest first; of the same age, the later inserted comes first. */
export const pageOf = <Row extends { readonly createdAt: number }>(
  rows: readonly Row[],
  { page, pageSize }: PageRequest,
): Page<Row> => {
  const newestFirst = [...rows].reverse().sort((a, b) => b.createdAt - a.createdAt);
  const start = Math.max(0, page - 1) * pageSize;
  return { results: newestFirst.slice(start, start + pageSize), total: rows.length };
};
