import { useMemo } from 'react';
import { useQueryParams } from '@strapi/strapi/admin';
import { messagesQuery, type MessagesQuery } from '../../../../shared/contracts/messages';

/** What the log keeps in the URL, so that a view can be shared and survives a reload. `_q` is Strapi's name for the search. */
interface LogParams {
  page?: string | number;
  pageSize?: string | number;
  state?: string;
  origin?: string;
  _q?: string;
  documentId?: string;
  batchId?: string;
}

export type LogFilter = 'state' | 'origin' | 'documentId' | 'batchId';

/** The log's view from the URL. Values that make no sense, as from an old link, are left out one by one. */
export const useLogQuery = () => {
  const [{ query }, setQuery] = useQueryParams<LogParams>();
  const params = useMemo((): MessagesQuery => {
    const { _q, ...rest } = query;
    const wanted = Object.entries({ ...rest, search: _q || undefined }).filter(([, value]) => value !== undefined);
    const known = wanted.filter(([key, value]) => messagesQuery.partial().safeParse({ [key]: value }).success);
    return messagesQuery.parse(Object.fromEntries(known));
  }, [query]);

  const setFilter = (filter: LogFilter, value: string | null) =>
    value === null
      ? // Only the names count when removing; back to the first page, for there may be no such page without the filter.
        setQuery({ [filter]: '', page: 1 }, 'remove')
      : setQuery({ [filter]: value, page: 1 });
  return { params, setFilter };
};
