import type { Knex } from 'knex';
import type { PauseReason } from '../../../../shared/vocabulary';
import type { HealedPause, Pause, PauseStore } from '../../delivery/ports';
import { numberOf, numberOrNull, strapiColumns, textOrNull, whole, wholeOrNull, type StoredNumber } from './columns';
import { uuidOf } from './row-id';
import type { Database } from './database';

interface PauseRow {
  readonly account: string;
  /** Empty for the whole account: NULLs would not collide in the unique index. */
  readonly alphaname: string;
  readonly reason: PauseReason;
  readonly detail: string | null;
  readonly since: StoredNumber;
  readonly probe_at: StoredNumber | null;
  readonly tries: number;
  readonly healed_at: StoredNumber | null;
}

const toRow = (pause: Pause): Omit<PauseRow, 'healed_at'> => ({
  account: pause.account,
  alphaname: pause.alphaname ?? '',
  reason: pause.reason,
  detail: textOrNull(pause.detail),
  since: whole(pause.since),
  probe_at: wholeOrNull(pause.probeAt),
  tries: pause.tries,
});

const fromRow = (row: PauseRow): Pause => ({
  account: row.account,
  alphaname: row.alphaname === '' ? null : row.alphaname,
  reason: row.reason,
  detail: row.detail,
  since: numberOf(row.since),
  probeAt: numberOrNull(row.probe_at),
  tries: row.tries,
});

const healedOf = (row: PauseRow): HealedPause => ({ ...fromRow(row), healedAt: numberOrNull(row.healed_at) ?? 0 });

export const createPauseStore = (database: Database): PauseStore => {
  const pauses = (): Knex.QueryBuilder => database.table('pause');
  const same = (pause: Pause): Knex.QueryBuilder => {
    const { account, alphaname, reason } = toRow(pause);
    return pauses().where({ account, alphaname, reason });
  };
  return {
    put: async (pause) => {
      await pauses()
        .insert({ ...strapiColumns(uuidOf(), pause.since), ...toRow(pause), healed_at: null })
        .onConflict(['account', 'alphaname', 'reason'])
        .merge(['detail', 'probe_at', 'tries', 'healed_at']);
    },

    list: async (account) => {
      const rows: PauseRow[] = await pauses().where('account', account).whereNull('healed_at').orderBy(['since', 'id']);
      return rows.map(fromRow);
    },

    healed: async (account) => {
      const rows: PauseRow[] = await pauses().where('account', account).whereNotNull('healed_at').orderBy('id');
      return rows.map(healedOf);
    },

    remembered: async (accounts) => {
      const rows: PauseRow[] = await pauses()
        .whereIn('account', [...accounts])
        .orderBy(['since', 'id']);
      return rows.map((row) => (row.healed_at === null ? fromRow(row) : healedOf(row)));
    },

    heal: async (pause, now) =>
      Number(
        await same(pause)
          .whereNull('healed_at')
          .whereRaw('coalesce(probe_at, -1) = ? and tries = ?', [wholeOrNull(pause.probeAt) ?? -1, pause.tries])
          .update({ healed_at: whole(now) }),
      ) === 1,

    forget: async (pause) => {
      await same(pause).where('healed_at', whole(pause.healedAt)).delete();
    },

    clear: async (account, reasons, alphaname) => {
      const query = pauses()
        .where('account', account)
        .whereIn('reason', [...reasons]);
      if (alphaname !== undefined) void query.where('alphaname', alphaname ?? '');
      return Number(await query.delete());
    },

    takeProbe: async (pause, nextProbeAt) => {
      // The count of tries as well: the new time may equal the old one, and then the time alone would let two win.
      const taken = await same(pause)
        .whereNull('healed_at')
        .whereRaw('coalesce(probe_at, -1) = ? and tries = ?', [wholeOrNull(pause.probeAt) ?? -1, pause.tries])
        .update({ probe_at: wholeOrNull(nextProbeAt), tries: pause.tries + 1 });
      return Number(taken) === 1;
    },
  };
};
