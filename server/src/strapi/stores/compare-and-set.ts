import { groupBy, inChunks } from './chunks';
import type { StoredNumber } from './columns';
import type { Database } from './database';
import { LedgerMisuse } from './database-error';
import type { Move, Standing } from './moves';
import type { TableName } from './table-names';
import { updateEach, type Values } from './update-each';

/** The part of a row that decides. */
export interface Candidate<State extends string> extends Standing<State> {
  readonly id: number;
  readonly document_id: string;
  readonly expires_at: StoredNumber;
}

interface Effective<State extends string, Change> {
  readonly row: Candidate<State>;
  readonly change: Change;
}

export interface Rules<State extends string, Change> {
  readonly mayMove: (change: Change, row: Candidate<State>) => boolean;
  readonly valuesOf: (change: Change) => Values;
}

/**
 * Applies compare-and-sets: locks the rows in the order of their ids, keeps the changes that fit, writes them with few
 * statements. A row that occurs twice gets its changes one after the other.
 * @returns per change whether it took effect
 */
export const compareAndSet = <State extends string, Change extends Move<State>>(
  database: Database,
  table: TableName,
  changes: readonly Change[],
  rules: Rules<State, Change>,
): Promise<boolean[]> =>
  database.transaction(async (transaction) => {
    const applied = changes.map(() => false);
    for (const round of rounds(changes))
      await inChunks(round, async (chunk) => {
        const rows = await candidates<State>(
          transaction,
          table,
          chunk.map(({ change }) => change.id),
        );
        const effective = chunk.flatMap(({ change, index }) => {
          const row = rows.get(change.id);
          return row && rules.mayMove(change, row) ? [{ row, change, index }] : [];
        });
        await write(transaction, table, effective, rules);
        for (const { index } of effective) applied[index] = true;
      });
    return applied;
  });

/** Splits repeated ids into later rounds. */
const rounds = <Change extends { readonly id: string }>(
  changes: readonly Change[],
): { change: Change; index: number }[][] => {
  const seen = new Map<string, number>();
  const result: { change: Change; index: number }[][] = [];
  changes.forEach((change, index) => {
    const round = seen.get(change.id) ?? 0;
    seen.set(change.id, round + 1);
    (result[round] ??= []).push({ change, index });
  });
  return result;
};

const candidates = async <State extends string>(
  database: Database,
  table: TableName,
  ids: readonly string[],
): Promise<Map<string, Candidate<State>>> => {
  const query = database
    .table(table)
    .select('id', 'document_id', 'state', 'fence', 'expires_at')
    .whereIn('document_id', ids)
    .orderBy('id');
  const rows: Candidate<State>[] = await database.locked(query);
  return new Map(rows.map((row) => [row.document_id, row]));
};

const write = async <State extends string, Change extends Move<State>>(
  database: Database,
  table: TableName,
  effective: readonly Effective<State, Change>[],
  rules: Rules<State, Change>,
): Promise<void> => {
  for (const group of groupBy(effective, ({ row }) => row.state)) {
    const state = group[0]?.row.state ?? '';
    const updates = group.map(({ row, change }) => ({
      id: row.id,
      values: { state: change.to, ...rules.valuesOf(change) },
    }));
    // Only SQLite has no row locks: there the condition decides, and a row that slipped away undoes the transaction.
    const changed = await updateEach(database, table, updates, (query) =>
      query.whereRaw(`coalesce(??, '') = ?`, ['state', state]),
    );
    if (database.dialect === 'sqlite' && changed !== group.length)
      throw new LedgerMisuse(`Rows of ${table} changed while they were locked`);
  }
};
