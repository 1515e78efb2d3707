import type { Gate, Ledger } from '../delivery/ports';
import { DatabaseError, isTransient } from './stores/database-error';

const PROBE_KEY = 'charset.probe';
const PROBE = 'ґєії😀';
const TRIES = 5;
const FIRST_WAIT_MS = 250;

/** Why sending waits, with the sentence for the panel. */
export type CharsetProblem = NonNullable<ReturnType<Gate['closed']>>;

const UNFIT: CharsetProblem = {
  reason: 'database_charset',
  detail:
    'The database does not keep Ukrainian letters and emoji, so texts would be spoilt and nothing is sent. ' +
    'On MySQL or MariaDB convert the database to utf8mb4, then restart Strapi.',
};
const unchecked = (code: string): CharsetProblem => ({
  reason: 'database_unchecked',
  detail:
    `It could not be checked whether the database keeps Ukrainian letters (${code}), so nothing is sent. ` +
    'Restart Strapi when the database is well.',
});

/** How databases refuse a letter that the column's alphabet does not have: MySQL and MariaDB, then PostgreSQL. */
const REFUSALS: ReadonlySet<string> = new Set([
  'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
  'ER_CANNOT_CONVERT_STRING',
  '22P05',
  '22021',
]);

/**
 * Writes and reads back what texts are made of.
 * @param wait before another try after a fault that passes by itself; milliseconds
 * @returns null when the database keeps it
 */
export const charsetProblem = async (
  { settings }: Pick<Ledger, 'settings'>,
  wait: (ms: number) => Promise<unknown>,
): Promise<CharsetProblem | null> => {
  for (let tries = 1; ; tries++)
    try {
      await settings.put(PROBE_KEY, PROBE);
      return (await settings.get(PROBE_KEY)) === PROBE ? null : UNFIT;
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : 'unknown';
      if (REFUSALS.has(code)) return UNFIT;
      if (!isTransient(error) || tries === TRIES) return unchecked(code);
      await wait(FIRST_WAIT_MS * 2 ** (tries - 1));
    }
};
