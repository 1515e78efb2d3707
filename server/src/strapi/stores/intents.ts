import { randomUUID } from 'node:crypto';
import type { IntentState } from '../../../../shared/vocabulary';
import type { Intent, IntentStore } from '../../delivery/ports';
import type { Fields } from '../../domain/rule';
import { inChunks } from './chunks';
import {
  asciiJson,
  labelOf,
  labelOrNull,
  numberOf,
  strapiColumns,
  textOrNull,
  whole,
  type StoredNumber,
  type StrapiColumns,
} from './columns';
import type { Database } from './database';

interface IntentRow extends Pick<StrapiColumns, 'document_id'> {
  readonly entry_uid: string;
  readonly entry_document_id: string;
  readonly entry_locale: string | null;
  readonly matched_rules: string;
  readonly snapshot_before: string | null;
  readonly snapshot_after: string | null;
  readonly state: IntentState;
  readonly due_at: StoredNumber;
  readonly lease_until: StoredNumber;
  readonly attempts: number;
  readonly recorded_at: StoredNumber;
}

const toRow = (intent: Intent): IntentRow & StrapiColumns => ({
  ...strapiColumns(intent.id, intent.createdAt),
  entry_uid: labelOf(intent.uid),
  entry_document_id: intent.documentId,
  entry_locale: labelOrNull(intent.locale),
  matched_rules: asciiJson(intent.rules),
  snapshot_before: intent.before && asciiJson(intent.before),
  snapshot_after: intent.after && asciiJson(intent.after),
  state: intent.state,
  due_at: whole(intent.dueAt),
  lease_until: 0,
  attempts: intent.attempts,
  recorded_at: whole(intent.createdAt),
});

/** null when the JSON is damaged: such a row must not keep the others from being decided. */
const fromRow = (row: IntentRow): Intent | null => {
  try {
    return {
      id: row.document_id,
      uid: row.entry_uid,
      documentId: row.entry_document_id,
      locale: row.entry_locale,
      // These three were written by toRow.
      rules: JSON.parse(row.matched_rules) as Intent['rules'],
      before: row.snapshot_before === null ? null : (JSON.parse(row.snapshot_before) as Fields),
      after: row.snapshot_after === null ? null : (JSON.parse(row.snapshot_after) as Fields),
      state: row.state,
      dueAt: numberOf(row.due_at),
      createdAt: numberOf(row.recorded_at),
      attempts: row.attempts,
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Another instance may take the head of the queue while we read it; then there is a new head. */
const LOST_RACE_TRIES = 3;
const PENDING = `coalesce(state, '') = 'pending'`;

export const createIntentStore = (database: Database): IntentStore => {
  const finish: IntentStore['finish'] = async (id, state, detail) =>
    Number(
      await database
        .table('intent')
        .where('document_id', id)
        .whereRaw(PENDING)
        .update({ state, detail: textOrNull(detail), lease_until: 0 }),
    ) === 1;

  return {
    insert: async (intents) => {
      await inChunks(intents, async (chunk) => {
        await database.table('intent').insert(chunk.map(toRow));
      });
    },

    claimDue: async (options) => {
      for (let tries = 1; tries <= LOST_RACE_TRIES; tries++) {
        const ids = await dueIds(database, options);
        if (ids.length === 0) return [];
        const rows = await claim(database, ids, options);
        if (rows.length === 0) continue;
        const intents: Intent[] = [];
        for (const row of rows) {
          const intent = fromRow(row);
          if (intent) intents.push(intent);
          else await finish(row.document_id, 'broken', 'Its snapshot in the database is damaged');
        }
        return intents;
      }
      return [];
    },

    finish,

    postpone: async (id, dueAt) => {
      await database
        .table('intent')
        .where('document_id', id)
        .whereRaw(PENDING)
        .update({ due_at: whole(dueAt), lease_until: 0 });
    },

    breakPending: async (detail, createdBefore) =>
      Number(
        await database
          .table('intent')
          .where('state', 'pending')
          .where('recorded_at', '<', whole(createdBefore))
          .update({ state: 'broken', detail: textOrNull(detail), lease_until: 0 }),
      ),

    erase: async ({ before, limit }) => {
      const rows: { id: number }[] = await database
        .table('intent')
        .select('id')
        .whereNull('erased_at')
        .where('due_at', '<', whole(before))
        // An expression, so that the databases keep to the index above: nearly every intent is decided.
        .whereRaw(`coalesce(state, '') <> 'pending'`)
        .orderBy(database.orderPast('erased_at', ['due_at']))
        .limit(limit);
      return Number(
        await database
          .table('intent')
          .whereIn(
            'id',
            rows.map(({ id }) => id),
          )
          .update({ snapshot_before: null, snapshot_after: null, erased_at: whole(before) }),
      );
    },

    releaseAll: async (beyond = 0) => {
      await database
        .table('intent')
        .where('state', 'pending')
        .where('lease_until', '>', whole(beyond))
        .update({ lease_until: 0 });
    },

    nextDueAt: async () => {
      const free: { at: StoredNumber } | undefined = await database
        .table('intent')
        .select({ at: 'due_at' })
        .where({ state: 'pending', lease_until: 0 })
        .orderBy('due_at')
        .first();
      const leased: { at: StoredNumber } | undefined = await database
        .table('intent')
        .select({ at: 'lease_until' })
        .where('state', 'pending')
        .where('lease_until', '>', 0)
        .orderBy('lease_until')
        .first();
      const times = [free, leased].flatMap((row) => (row ? [numberOf(row.at)] : []));
      return times.length > 0 ? Math.min(...times) : null;
    },
  };
};

/** Those whose lease ended come first: they have waited longest. */
const dueIds = async (database: Database, { now, limit }: { now: number; limit: number }): Promise<string[]> => {
  const pending = () => database.table('intent').select('document_id').where('state', 'pending').limit(limit);
  const lapsed: { document_id: string }[] = await pending()
    .whereBetween('lease_until', [1, whole(now)])
    .orderBy(['lease_until', 'due_at', 'id']);
  const free: { document_id: string }[] = await pending()
    .where('lease_until', 0)
    .where('due_at', '<=', whole(now))
    .orderBy(['due_at', 'id']);
  return [...lapsed, ...free].slice(0, limit).map(({ document_id }) => document_id);
};

const claim = async (
  database: Database,
  ids: readonly string[],
  { now, leaseUntil }: { now: number; leaseUntil: number },
): Promise<IntentRow[]> => {
  const token = randomUUID();
  const taken = await database
    .table('intent')
    .whereIn('document_id', ids)
    .whereRaw(`${PENDING} and coalesce(lease_until, 0) <= ?`, [whole(now)])
    .update({ lease_until: whole(leaseUntil), claim_token: token, attempts: database.knex.raw('attempts + 1') });
  if (Number(taken) === 0) return [];
  return database.table('intent').whereIn('document_id', ids).where('claim_token', token).orderBy(['due_at', 'id']);
};
