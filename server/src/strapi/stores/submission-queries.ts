import type { Knex } from 'knex';
import type { SubmissionId } from '../../domain/brands';
import type { SubmissionStore } from '../../delivery/ports';
import { LANES, type Lane, type SubmissionState } from '../../../../shared/vocabulary';
import { inChunks } from './chunks';
import { numberOf, whole, type StoredNumber } from './columns';
import type { Database } from './database';
import { fromRow, type SubmissionRow } from './submission-row';

type Readers = Omit<
  SubmissionStore,
  'insert' | 'startSending' | 'change' | 'schedulePolls' | 'hintPoll' | 'noteBalance'
>;

const SEALED_COLUMNS = ['document_id', 'lane', 'fence', 'expires_at'] as const satisfies (keyof SubmissionRow)[];
type SealedRow = Pick<SubmissionRow, (typeof SEALED_COLUMNS)[number]>;

export const submissionReaders = (database: Database): Readers => {
  const submissions = (): Knex.QueryBuilder => database.table('submission');
  const counted = async (query: Knex.QueryBuilder): Promise<number> => {
    const row: { total: StoredNumber } | undefined = await query.count({ total: 'id' }).first();
    return row ? numberOf(row.total) : 0;
  };
  const sealedIn = async (account: string, lane: Lane, limit: number, except: readonly string[]) => {
    const rows: SealedRow[] = await submissions()
      .select(SEALED_COLUMNS)
      .where({ account, state: 'sealed', lane })
      .whereNotIn('alphaname', except)
      .orderBy('id')
      .limit(limit);
    return rows.map((row) => ({
      id: row.document_id as SubmissionId, // written by toRow from a SubmissionId
      lane: row.lane,
      fence: row.fence,
      expiresAt: numberOf(row.expires_at),
    }));
  };

  return {
    get: async (id) => {
      const row: SubmissionRow | undefined = await submissions().where('document_id', id).first();
      return row ? fromRow(row) : null;
    },

    byIds: async (ids) => {
      const chunks = await inChunks(ids, async (chunk): Promise<SubmissionRow[]> =>
        submissions().whereIn('document_id', chunk).orderBy('id'),
      );
      return chunks.flat().map(fromRow);
    },

    byCampaign: async (account, campaignId) => {
      const row: SubmissionRow | undefined = await submissions().where({ account, campaign_id: campaignId }).first();
      return row ? fromRow(row) : null;
    },

    sealed: async ({ account, limit, exceptAlphanames }) => {
      const found = [];
      // The vocabulary names the urgent lane first.
      for (const lane of LANES)
        if (found.length < limit)
          found.push(...(await sealedIn(account, lane, limit - found.length, exceptAlphanames)));
      return found;
    },

    countSealed: (account) => counted(submissions().where({ account, state: 'sealed' })),

    abandoned: async ({ now, limit, soleOwner }) => {
      const rows: SubmissionRow[] = await submissions()
        .where('state', 'sending')
        .where((died) => {
          void died.where('lease_until', '<=', whole(now));
          if (soleOwner !== null) void died.orWhereRaw(`coalesce(owner, '') <> ?`, [soleOwner]);
        })
        .orderBy(['lease_until', 'id'])
        .limit(limit);
      return rows.map(fromRow);
    },

    leasedBeyond: async ({ after, limit }) => {
      const rows: SubmissionRow[] = await submissions()
        .where('state', 'sending')
        .where('lease_until', '>', whole(after))
        .orderBy(['lease_until', 'id'])
        .limit(limit);
      return rows.map(fromRow);
    },

    duePolls: async ({ account, now, limit }) => {
      const rows: SubmissionRow[] = await asked(submissions().where('account', account))
        .where('poll_at', '<=', whole(now))
        .orderBy(['poll_at', 'id'])
        .limit(limit);
      return rows.map(fromRow);
    },

    nextPollAt: async (account) => {
      const row: { poll_at: StoredNumber } | undefined = await asked(submissions().where('account', account))
        .select('poll_at')
        .whereNotNull('poll_at')
        .orderBy('poll_at')
        .first();
      return row ? numberOf(row.poll_at) : null;
    },

    batchProgress: async (batchId) => ({
      accepted: await counted(submissions().where({ batch_id: batchId, state: 'accepted' })),
      open: await counted(submissions().where('batch_id', batchId).whereIn('state', ['sealed', 'sending'])),
    }),

    doubtsWithoutBalance: async ({ account, finishedAfter, limit }) => {
      const rows: SubmissionRow[] = await submissions()
        .where({ account, state: 'in_doubt' })
        .whereNull('balance_after')
        .where('finished_at', '>', whole(finishedAfter))
        .limit(limit);
      return rows.map(fromRow);
    },

    proof: async ({ account, alphaname, since }) => {
      const some = async (state: SubmissionState, finished: boolean): Promise<boolean> => {
        const query = submissions().select('id').where({ account, state });
        if (alphaname !== null) void query.where('alphaname', alphaname);
        if (finished) void query.where('finished_at', '>=', whole(since));
        // Refused by ourselves: the gateway never saw it.
        if (state === 'refused') void query.whereRaw(`coalesce(error_kind, '') <> 'invalid'`);
        return (await query.first()) !== undefined;
      };
      const proved = (await some('accepted', true)) || (alphaname === null && (await some('refused', true)));
      return { proved, running: !proved && (await some('sending', false)) };
    },

    countInDoubtSince: (account, since) =>
      counted(submissions().where({ account, state: 'in_doubt' }).where('finished_at', '>', whole(since))),
  };
};

/**
 * Those about which the gateway can be asked. Written as an expression so that the databases keep to the index on the poll
 * time: nearly every row is `accepted`, and only few have a question left.
 */
const asked = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
  query.whereRaw(
    `(coalesce(state, '') = 'accepted' or (coalesce(state, '') = 'in_doubt' and coalesce(campaign_id, lead_campaign_id) is not null))`,
  );
