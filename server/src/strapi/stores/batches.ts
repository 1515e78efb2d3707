import type { DedupeKey } from '../../domain/brands';
import type { Batch, BatchStore } from '../../delivery/ports';
import { labelOrNull, numberOf, strapiColumns, whole, type StoredNumber, type StrapiColumns } from './columns';
import type { Database } from './database';
import { LedgerMisuse } from './database-error';
import { idsByKey, insertAbsent } from './insert-absent';

interface BatchRow extends Pick<StrapiColumns, 'document_id'> {
  readonly dedupe_key: DedupeKey;
  readonly name: string | null;
  readonly kind: Batch['kind'];
  readonly total: number;
  readonly author: string | null;
  readonly recorded_at: StoredNumber;
}

const toRow = (batch: Batch): BatchRow & StrapiColumns => ({
  ...strapiColumns(batch.id, batch.createdAt),
  dedupe_key: batch.dedupeKey,
  name: labelOrNull(batch.name),
  kind: batch.kind,
  total: batch.total,
  author: labelOrNull(batch.createdBy),
  recorded_at: whole(batch.createdAt),
});

const fromRow = (row: BatchRow): Batch => ({
  id: row.document_id,
  dedupeKey: row.dedupe_key,
  name: row.name,
  kind: row.kind,
  total: row.total,
  createdBy: row.author,
  createdAt: numberOf(row.recorded_at),
});

export const createBatchStore = (database: Database): BatchStore => ({
  insertNew: (batch) =>
    database.transaction(async (transaction) => {
      const key = batch.dedupeKey;
      const before = (await idsByKey(transaction, 'batch', 'dedupe_key', [key], false)).get(key);
      if (before !== undefined) return { id: before, existed: true };
      await insertAbsent(transaction, 'batch', [toRow(batch)], ['dedupe_key']);
      const id = (await idsByKey(transaction, 'batch', 'dedupe_key', [key], true)).get(key);
      if (id === undefined) throw new LedgerMisuse('A batch has an id that another batch holds already');
      return { id, existed: id !== batch.id };
    }),

  get: async (id) => {
    const row: BatchRow | undefined = await database.table('batch').where('document_id', id).first();
    return row ? fromRow(row) : null;
  },
});
