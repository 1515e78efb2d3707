import type { MessageState } from '../../../../shared/vocabulary';
import type { MessageId } from '../../domain/brands';
import type { Member, MessageChange, MessageStore } from '../../delivery/ports';
import { groupBy, inChunks, sum } from './chunks';
import { labelOrNull, numberOf, textOrNull, whole, wholeOrNull } from './columns';
import { compareAndSet, type Rules } from './compare-and-set';
import type { Database } from './database';
import { MEMBER_COLUMNS, memberOf, type MemberRow } from './message-row';
import { messageMayMove } from './moves';
import { caseWhen, type Values } from './update-each';

type Writers = Pick<
  MessageStore,
  'claim' | 'startSending' | 'change' | 'expireWaiting' | 'adopt' | 'holdWaiting' | 'erase'
>;

/** The columns a change names; absent fields stay as they are. */
const valuesOf = (change: MessageChange): Values => ({
  ...(change.reason !== undefined && { reason: change.reason }),
  ...(change.detail !== undefined && { detail: textOrNull(change.detail) }),
  ...(change.dueAt !== undefined && { due_at: whole(change.dueAt) }),
  ...(change.expiresAt !== undefined && { expires_at: whole(change.expiresAt) }),
  ...(change.submissionId !== undefined && { submission_id: change.submissionId }),
  ...(change.campaignId !== undefined && { campaign_id: change.campaignId }),
  ...(change.gatewayStatus !== undefined && { gateway_status: labelOrNull(change.gatewayStatus) }),
  ...(change.statusAt !== undefined && { status_at: wholeOrNull(change.statusAt) }),
  ...(change.acceptedAt !== undefined && { accepted_at: wholeOrNull(change.acceptedAt) }),
  ...(change.finalAt !== undefined && { final_at: wholeOrNull(change.finalAt) }),
});

const RULES: Rules<MessageState, MessageChange> = { mayMove: messageMayMove, valuesOf };

const WAITING = ['queued', 'held'] as const satisfies readonly MessageState[];

/** Why `coalesce`: SQLite would choose the index on the state and scan it; an expression leaves it the ids (22 times faster). */
const STATE_IS = `coalesce(state, '') = ?`;

export const messageWriters = (database: Database): Writers => ({
  claim: (assignments) =>
    database.transaction(async (transaction) => {
      let claimed = 0;
      for (const group of groupBy(assignments, ({ fence }) => String(fence)))
        claimed += sum(await inChunks(group, (chunk) => claim(transaction, chunk), 100));
      return claimed;
    }),

  startSending: async (submissionIds) => {
    const chunks = await inChunks(submissionIds, async (chunk): Promise<Member[]> => {
      const members = () => database.table('message').whereIn('submission_id', chunk);
      await members().whereRaw(STATE_IS, ['claimed']).update({ state: 'sending' });
      const rows: MemberRow[] = await members().select(MEMBER_COLUMNS).whereRaw(STATE_IS, ['sending']).orderBy('id');
      return rows.map(memberOf);
    });
    return chunks.flat();
  },

  change: (changes) => compareAndSet(database, 'message', changes, RULES),

  expireWaiting: async (now, limit) => {
    const rows: { document_id: MessageId }[] = await database
      .table('message')
      .select('document_id')
      .whereIn('state', [...WAITING])
      .where('expires_at', '<=', whole(now))
      .orderBy('expires_at')
      .limit(limit);
    const ids = rows.map(({ document_id }) => document_id);
    const changes = ids.map((id): MessageChange => ({
      id,
      from: WAITING,
      to: 'failed',
      reason: 'expired_before_sending',
      finalAt: now,
    }));
    const rules: Rules<MessageState, MessageChange> = {
      ...RULES,
      // Somebody may have given it more time between the two statements.
      mayMove: (change, row) => messageMayMove(change, row) && numberOf(row.expires_at) <= now,
    };
    const applied = await compareAndSet(database, 'message', changes, rules);
    return ids.filter((_, index) => applied[index]);
  },

  holdWaiting: async (detail, createdBefore) =>
    Number(
      await database
        .table('message')
        // Sealed ones as well: their requests then have no members left, and such a request is not sent.
        .whereIn('state', ['queued', 'claimed'])
        .where('recorded_at', '<', whole(createdBefore))
        .update({ state: 'held', detail: textOrNull(detail), submission_id: null }),
    ),

  erase: async ({ finalBefore, limit }) => {
    const rows: { id: number }[] = await database
      .table('message')
      .select('id')
      .whereNull('erased_at')
      .where('final_at', '<', whole(finalBefore))
      .orderBy(database.orderPast('erased_at', ['final_at']))
      .limit(limit);
    if (rows.length === 0) return 0;
    return Number(
      await database
        .table('message')
        .whereIn(
          'id',
          rows.map(({ id }) => id),
        )
        .update({ recipient: '', text: '', erased_at: whole(finalBefore) }),
    );
  },

  adopt: ({ to, fromAccounts }) =>
    database.transaction(async (transaction) => {
      const rows: { id: number }[] = await transaction
        .table('message')
        .select('id')
        .whereIn(
          'account',
          fromAccounts.filter((account) => account !== to),
        )
        .whereIn('state', [...WAITING]);
      const moved = await inChunks(rows, async (chunk) =>
        Number(
          await transaction
            .table('message')
            .whereIn(
              'id',
              chunk.map(({ id }) => id),
            )
            .whereRaw(`coalesce(state, '') in (?, ?)`, [...WAITING])
            .update({ account: to }),
        ),
      );
      return sum(moved);
    }),
});

/** One statement for messages of one fence, each with the submission it goes into. */
const claim = async (database: Database, assignments: Parameters<MessageStore['claim']>[0]): Promise<number> => {
  const first = assignments[0];
  if (!first) return 0;
  const same = assignments.every(({ submissionId }) => submissionId === first.submissionId);
  return Number(
    await database
      .table('message')
      .whereIn(
        'document_id',
        assignments.map(({ id }) => id),
      )
      .whereRaw(STATE_IS, ['queued'])
      .where('fence', first.fence)
      .update({
        state: 'claimed',
        submission_id: same
          ? first.submissionId
          : caseWhen(
              database,
              'document_id',
              assignments.map(({ id, submissionId }) => [id, submissionId] as const),
            ),
        fence: first.fence + 1,
        attempts: database.knex.raw('attempts + 1'),
      }),
  );
};
