import type { AuditEntry, AuditStore } from '../../delivery/ports';
import { labelOf, numberOf, strapiColumns, textOrNull, whole, type StoredNumber, type StrapiColumns } from './columns';
import type { Database } from './database';

interface AuditRow extends Pick<StrapiColumns, 'document_id'> {
  readonly happened_at: StoredNumber;
  readonly who: string;
  readonly action: string;
  readonly target: string;
  readonly detail: string | null;
}

const toRow = (entry: AuditEntry): AuditRow & StrapiColumns => ({
  ...strapiColumns(entry.id, entry.at),
  happened_at: whole(entry.at),
  who: labelOf(entry.who),
  action: labelOf(entry.action),
  target: entry.target,
  detail: textOrNull(entry.detail),
});

const fromRow = (row: AuditRow): AuditEntry => ({
  id: row.document_id,
  at: numberOf(row.happened_at),
  who: row.who,
  action: row.action,
  target: row.target,
  detail: row.detail,
});

export const createAuditStore = (database: Database): AuditStore => ({
  insert: async (entry) => {
    await database.table('audit').insert(toRow(entry));
  },
  byTarget: async (target) => {
    const rows: AuditRow[] = await database.table('audit').where('target', target).orderBy('id');
    return rows.map(fromRow);
  },
});
