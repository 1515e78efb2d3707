import { randomUUID } from 'node:crypto';
import type { SubmissionState } from '../../../../shared/vocabulary';
import { HINT_INTERVAL_MS } from '../../domain/retry-policy';
import { CampaignIdTaken, type SubmissionChange, type SubmissionStore } from '../../delivery/ports';
import { inChunks, sum } from './chunks';
import { labelOrNull, textOrNull, whole, wholeOrNull } from './columns';
import { compareAndSet, type Rules } from './compare-and-set';
import type { Database } from './database';
import { isUniqueViolation } from './database-error';
import { withoutEmpty } from './insert-absent';
import { submissionMayMove } from './moves';
import { fromRow, toRow, type SubmissionRow } from './submission-row';
import { updateEach, type RowUpdate, type Values } from './update-each';

type Writers = Pick<
  SubmissionStore,
  'insert' | 'startSending' | 'change' | 'schedulePolls' | 'hintPoll' | 'noteBalance'
>;

/** The columns a patch names; absent fields stay as they are. */
const valuesOf = ({ patch }: SubmissionChange): Values => ({
  ...(patch.owner !== undefined && { owner: patch.owner }),
  ...(patch.leaseUntil !== undefined && { lease_until: whole(patch.leaseUntil) }),
  ...(patch.sendingAt !== undefined && { sending_at: wholeOrNull(patch.sendingAt) }),
  ...(patch.finishedAt !== undefined && { finished_at: wholeOrNull(patch.finishedAt) }),
  ...(patch.campaignId !== undefined && { campaign_id: patch.campaignId }),
  ...(patch.errorKind !== undefined && { error_kind: patch.errorKind }),
  ...(patch.errorCode !== undefined && { error_code: labelOrNull(patch.errorCode) }),
  ...(patch.reason !== undefined && { reason: patch.reason }),
  ...(patch.detail !== undefined && { detail: textOrNull(patch.detail) }),
  ...(patch.leadCampaignId !== undefined && { lead_campaign_id: patch.leadCampaignId }),
  ...(patch.balanceBefore !== undefined && { balance_before: patch.balanceBefore }),
  ...(patch.balanceAfter !== undefined && { balance_after: patch.balanceAfter }),
  ...(patch.pollAt !== undefined && { poll_at: wholeOrNull(patch.pollAt) }),
  ...(patch.pollUntil !== undefined && { poll_until: whole(patch.pollUntil) }),
});

export const submissionWriters = (database: Database): Writers => ({
  insert: async (submissions) => {
    await database.transaction((transaction) =>
      inChunks(submissions, async (chunk) => {
        await transaction.table('submission').insert(withoutEmpty(chunk.map(toRow)));
      }),
    );
  },

  startSending: (ids, options) =>
    database.transaction(async (transaction) =>
      (await inChunks(ids, (chunk) => startSending(transaction, chunk, options))).flat(),
    ),

  change: async (changes) => {
    const work = (within: Database): Promise<boolean[]> => compareAndSet(within, 'submission', changes, RULES);
    if (changes.every(({ patch }) => !patch.campaignId)) return await work(database);
    try {
      return await database.savepoint(work);
    } catch (error) {
      // The only unique key a change can touch; the savepoint has undone the whole call.
      if (isUniqueViolation(error)) throw new CampaignIdTaken('Another request of this account has the campaign id');
      throw error;
    }
  },

  noteBalance: async (items) => {
    for (const { id, before, after } of items)
      await database
        .table('submission')
        .where('document_id', id)
        .update({ balance_before: before, balance_after: after });
  },

  schedulePolls: async (items) => {
    await database.transaction((transaction) =>
      inChunks(items, async (chunk) => {
        const ids = chunk.map(({ id }) => id);
        const query = transaction.table('submission').select('id', 'document_id').whereIn('document_id', ids);
        const rows: { id: number; document_id: string }[] = await transaction.locked(query.orderBy('id'));
        const wanted = new Map<string, Values>(
          chunk.map(({ id, pollAt, polls, askedAt }) => [
            id,
            { poll_at: wholeOrNull(pollAt), polls, ...(askedAt !== undefined && { asked_at: whole(askedAt) }) },
          ]),
        );
        const updates = rows.map((row): RowUpdate => ({ id: row.id, values: wanted.get(row.document_id) ?? {} }));
        await updateEach(transaction, 'submission', updates);
      }),
    );
  },

  hintPoll: async (account, campaignIds, at) => {
    // `hintedPollAt` of the domain, in the words of three databases.
    const target = database.knex.raw(
      'case when coalesce(asked_at, 0) + ? > ? then coalesce(asked_at, 0) + ? else ? end',
      [HINT_INTERVAL_MS, whole(at), HINT_INTERVAL_MS, whole(at)],
    );
    let hinted = 0;
    for (const column of ['campaign_id', 'lead_campaign_id'])
      hinted += sum(
        await inChunks(campaignIds, async (chunk) =>
          Number(
            await database
              .table('submission')
              .where('account', account)
              .whereIn(column, chunk)
              // An expression, so that the few campaigns are looked up instead of everything with a poll to come.
              .whereRaw('coalesce(poll_at, 0) > ?', [target])
              .update({ poll_at: target }),
          ),
        ),
      );
    return hinted;
  },
});

/** The token tells which rows this call took: another one of the same owner may run at the same moment. */
const startSending = async (
  database: Database,
  ids: readonly string[],
  { owner, now, leaseUntil, only }: Parameters<SubmissionStore['startSending']>[1],
): Promise<ReturnType<typeof fromRow>[]> => {
  const token = randomUUID();
  const sealed = database
    .table('submission')
    .whereIn('document_id', ids)
    .whereRaw(`coalesce(state, '') = ?`, ['sealed']);
  // Expressions for the same reason as the state: the ids shall decide, not the index on the account.
  if (only)
    void sealed
      .whereRaw(`coalesce(account, '') = ? and coalesce(expires_at, 0) > ?`, [only.account, whole(now)])
      .whereNotIn('alphaname', only.exceptAlphanames);
  const taken = await sealed.update({
    state: 'sending',
    owner,
    claim_token: token,
    lease_until: whole(leaseUntil),
    sending_at: whole(now),
    fence: database.knex.raw('fence + 1'),
  });
  if (Number(taken) === 0) return [];
  const rows: SubmissionRow[] = await database
    .table('submission')
    .whereIn('document_id', ids)
    .where('claim_token', token)
    .orderBy('id');
  return rows.map(fromRow);
};

const RULES: Rules<SubmissionState, SubmissionChange> = {
  mayMove: submissionMayMove,
  valuesOf,
};
