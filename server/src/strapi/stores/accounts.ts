import type { AccountStore } from '../../delivery/ports';
import { labelOf, numberOf, numberOrNull, strapiColumns, whole, type StoredNumber } from './columns';
import type { Database } from './database';
import { LedgerMisuse } from './database-error';
import { insertAbsent } from './insert-absent';
import { uuidOf } from './row-id';
import { takeFrom } from './token-bucket';

interface StoredAccount {
  readonly account_key: string;
  readonly endpoint: string;
  readonly verified_at: StoredNumber | null;
  readonly micro_tokens: StoredNumber | null;
  readonly refilled_at: StoredNumber | null;
  readonly takes: StoredNumber;
}

/** Instances that collide on the bucket look again this often; then the caller gets nothing and comes back later. */
const LOST_RACE_TRIES = 5;

const unknownAccount = (): LedgerMisuse => new LedgerMisuse('The account is not in the ledger; call ensure first');

export const createAccountStore = (database: Database): AccountStore => {
  const read = async (key: string, newest: boolean): Promise<StoredAccount | undefined> => {
    const query = database.table('account').where('account_key', key).first();
    const row: StoredAccount | undefined = await (newest ? database.locked(query) : query);
    return row;
  };

  return {
    ensure: async ({ key, endpoint }, now) => {
      const known = await read(key, false);
      if (!known)
        await insertAbsent(
          database,
          'account',
          [
            {
              ...strapiColumns(uuidOf(), now),
              account_key: key,
              endpoint: labelOf(endpoint),
              verified_at: null,
              micro_tokens: null,
              refilled_at: null,
              takes: 0,
              recorded_at: whole(now),
            },
          ],
          ['account_key'],
        );
      const row = known ?? (await read(key, true));
      if (!row) throw unknownAccount();
      return { key: row.account_key, endpoint: row.endpoint, verifiedAt: numberOrNull(row.verified_at) };
    },

    markVerified: async (key, now) => {
      await database
        .table('account')
        .where('account_key', key)
        .whereNull('verified_at')
        .update({ verified_at: whole(now) });
    },

    neverVerified: async () => {
      const rows: Pick<StoredAccount, 'account_key'>[] = await database
        .table('account')
        .select('account_key')
        .whereNull('verified_at')
        .orderBy('id');
      return rows.map(({ account_key }) => account_key);
    },

    takeTokens: async (key, wanted, pace) => {
      for (let tries = 1; tries <= LOST_RACE_TRIES; tries++) {
        // Inside a transaction MySQL would show the same old row again and again.
        const row = await read(key, database.inTransaction);
        if (!row) throw unknownAccount();
        const { taken, bucket } = takeFrom(
          { microTokens: numberOrNull(row.micro_tokens), refilledAt: numberOrNull(row.refilled_at) },
          wanted,
          pace,
        );
        if (taken === 0) return 0;
        const won = await database
          .table('account')
          .where({ account_key: key, takes: numberOf(row.takes) })
          .update({
            micro_tokens: bucket.microTokens,
            refilled_at: bucket.refilledAt,
            takes: numberOf(row.takes) + 1,
          });
        if (Number(won) === 1) return taken;
      }
      return 0;
    },
  };
};
