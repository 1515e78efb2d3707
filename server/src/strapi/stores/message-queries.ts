import type { Knex } from 'knex';
import { LANES, type Lane, type MessageState } from '../../../../shared/vocabulary';
import type { MessageFilter, MessageStore, WaitingBatch } from '../../delivery/ports';
import { inChunks, nextTurn } from './chunks';
import { digitsOf, numberOf, whole, type StoredNumber } from './columns';
import type { Database } from './database';
import { DUE_COLUMNS, dueOf, fromRow, type DueRow, type MessageRow } from './message-row';
import { pageOf } from './page';

type Readers = Pick<
  MessageStore,
  'get' | 'list' | 'bySubmissions' | 'countByState' | 'dueForPlan' | 'dueBatches' | 'segmentsOnTheWay'
>;

const BULK: Lane = 'bulk';
/** Batches looked at before timers and sockets get their turn. */
const LOOKS_IN_A_TURN = 50;

export const messageReaders = (database: Database): Readers => ({
  get: async (id) => {
    const row: MessageRow | undefined = await database.table('message').where('document_id', id).first();
    return row ? fromRow(row) : null;
  },

  list: async (filter, page) => {
    const { rows, total } = await pageOf<MessageRow>(() => filtered(database, filter), page);
    return { results: rows.map(fromRow), total };
  },

  bySubmissions: async (ids) => {
    const chunks = await inChunks(ids, async (chunk): Promise<MessageRow[]> =>
      database.table('message').whereIn('submission_id', chunk).orderBy('id'),
    );
    return chunks.flat().map(fromRow);
  },

  countByState: async ({ states, batchId } = {}) => {
    const query = database.table('message').select('state').count({ total: 'id' }).groupBy('state');
    if (states) void query.whereIn('state', [...states]);
    if (batchId !== undefined) void query.where('batch_id', batchId);
    const rows: { state: MessageState; total: StoredNumber }[] = await query;
    return Object.fromEntries(rows.map(({ state, total }) => [state, numberOf(total)]));
  },

  dueForPlan: async ({ account, lane, now, limit, window, exceptAlphanames, batchId }) => {
    const head = database
      .table('message')
      .where({ account, lane, state: 'queued', batch_id: batchId })
      .where('due_at', '<=', whole(now))
      .where('expires_at', '>', whole(now))
      .where((query) => exceptNames(query, exceptAlphanames))
      .orderBy(database.orderPast('batch_id', ['due_at', 'document_id']));
    if (window <= limit) {
      const rows: DueRow[] = await head.select(DUE_COLUMNS).limit(limit);
      return rows.map(dueOf);
    }
    const candidates: { id: number }[] = await head.select('id').limit(window);
    const start = Math.floor(database.random() * (Math.max(0, candidates.length - limit) + 1));
    const ids = candidates.slice(start, start + limit).map(({ id }) => id);
    const chunks = await inChunks(ids, async (chunk): Promise<DueRow[]> =>
      database.table('message').select(DUE_COLUMNS).whereIn('id', chunk).orderBy(['due_at', 'document_id']),
    );
    return chunks.flat().map(dueOf);
  },

  dueBatches: async ({ account, now, limit, exceptAlphanames }) => {
    const queued = (): Knex.QueryBuilder => database.table('message').where({ account, lane: BULK, state: 'queued' });
    const headOf = async (batchId: string | null): Promise<BatchRow | undefined> => {
      const row: BatchRow | undefined = await queued()
        .select('batch_id', 'alphaname', 'due_at')
        .where('batch_id', batchId)
        .orderBy(database.orderPast('batch_id', ['due_at', 'document_id']))
        .first();
      return row;
    };
    const found: WaitingBatch[] = [];
    const note = (row: BatchRow): void => {
      const batch = waitingBatchOf(row);
      const closed = batch.batchId !== null && batch.alphaname !== null && exceptAlphanames.includes(batch.alphaname);
      if (batch.dueAt <= now && !closed) found.push(batch);
    };
    const loose = await headOf(null);
    if (loose) note(loose);
    // From batch to batch along the index: a query that grouped them would read every row of every batch.
    let last = '';
    for (let looks = 1; found.length < limit; looks++) {
      if (looks % LOOKS_IN_A_TURN === 0) await nextTurn();
      const next: { id: string | null } | undefined = await queued()
        .where('batch_id', '>', last)
        .min({ id: 'batch_id' })
        .first();
      if (!next?.id) break;
      last = next.id;
      const row = await headOf(last);
      if (row) note(row);
    }
    return found.sort((a, b) => a.dueAt - b.dueAt);
  },

  segmentsOnTheWay: async (account) => {
    const row: { total: StoredNumber | null } | undefined = await database
      .table('message')
      .where('account', account)
      // Named for the index, which begins with account and lane.
      .whereIn('lane', [...LANES])
      .whereIn('state', ['claimed', 'sending'] satisfies MessageState[])
      .sum({ total: 'segment_count' })
      .first();
    return numberOf(row?.total ?? 0);
  },
});

interface BatchRow {
  readonly batch_id: string | null;
  readonly alphaname: string | null;
  readonly due_at: StoredNumber;
}

const waitingBatchOf = ({ batch_id, alphaname, due_at }: BatchRow): WaitingBatch => ({
  batchId: batch_id,
  alphaname,
  dueAt: numberOf(due_at),
});

/** A message without a name of its own goes under the site's, which the caller checks. */
const exceptNames = (query: Knex.QueryBuilder, names: readonly string[]): void => {
  if (names.length > 0) void query.whereNull('alphaname').orWhereNotIn('alphaname', names);
};

const filtered = (database: Database, filter: MessageFilter): Knex.QueryBuilder => {
  const query = database.table('message');
  if (filter.state) void query.where('state', filter.state);
  if (filter.origin) void query.where('origin', filter.origin);
  if (filter.documentId) void query.where('entry_document_id', filter.documentId);
  if (filter.batchId) void query.where('batch_id', filter.batchId);
  const search = filter.search?.trim();
  if (search) void query.where((either) => matching(either, search));
  return query;
};

const matching = (query: Knex.QueryBuilder, search: string): void => {
  void query
    .where('document_id', search)
    .orWhere('campaign_id', search)
    .orWhere('entry_document_id', search)
    .orWhere('recipient', search);
  const digits = digitsOf(search);
  if (digits) void query.orWhere('recipient', 'like', `%${digits}%`);
};
