import type { Ledger } from '../../../server/src/delivery/ports';
import { ACCOUNT, intent, keyOf, message, MINUTE, NOW, range, submission, submissionId } from './builders';

/** One compare-and-set of the path of a message, on rows that stand where it expects them. */
export interface Step {
  readonly call: string;
  readonly run: (ledger: Ledger) => Promise<unknown>;
}

const messages = range(200).map((index) =>
  message({ lane: 'bulk', batchId: 'batch-big', documentId: 'step', dedupeKey: keyOf(`step-${index}`) }),
);
const orphans = range(20).map((index) => message({ account: 'old', dedupeKey: keyOf(`orphan-${index}`) }));
const submissions = range(4).map((index) => submission({ lane: 'bulk', size: 50, batchId: `step-${index}` }));
const intents = range(3).map(() => intent({ documentId: 'step', dueAt: NOW - 10 * MINUTE }));
const submissionIds = submissions.map(({ id }) => id);

/** In this order: each leaves the rows where the next one expects them. */
export const STEPS: readonly Step[] = [
  {
    call: 'messages.claim',
    run: async (ledger) => {
      await ledger.messages.insertNew([...messages, ...orphans]);
      await ledger.submissions.insert(submissions);
      await ledger.intents.insert(intents);
      await ledger.messages.claim(
        messages.map(({ id, fence }, index) => ({
          id,
          fence,
          submissionId: submissionIds[index % submissionIds.length] ?? submissionId(),
        })),
      );
    },
  },
  {
    call: 'submissions.startSending',
    run: (ledger) =>
      ledger.submissions.startSending(submissionIds, {
        owner: 'me',
        now: NOW,
        leaseUntil: NOW + MINUTE,
        only: { account: ACCOUNT, exceptAlphanames: ['BAD'] },
      }),
  },
  { call: 'messages.startSending', run: (ledger) => ledger.messages.startSending(submissionIds) },
  {
    call: 'submissions.change',
    run: (ledger) =>
      ledger.submissions.change(submissionIds.map((id) => ({ id, from: ['sending'], to: 'in_doubt', patch: {} }))),
  },
  {
    call: 'messages.change',
    run: (ledger) => ledger.messages.change(messages.map(({ id }) => ({ id, from: ['sending'], to: 'in_doubt' }))),
  },
  { call: 'messages.adopt', run: (ledger) => ledger.messages.adopt({ to: ACCOUNT, fromAccounts: ['old'] }) },
  {
    call: 'intents.claimDue',
    run: (ledger) => ledger.intents.claimDue({ now: NOW - 10 * MINUTE, limit: 20, leaseUntil: NOW + MINUTE }),
  },
  { call: 'intents.postpone', run: (ledger) => ledger.intents.postpone(intents[0]?.id ?? '', NOW) },
  { call: 'intents.finish', run: (ledger) => ledger.intents.finish(intents[1]?.id ?? '', 'decided', null) },
];

/** What an UPDATE asks of a row, without the quotes of any dialect. */
const conditionOf = (sql: string): string =>
  sql.slice(sql.toLowerCase().lastIndexOf(' where ')).replaceAll(/["`]/g, '').toLowerCase();

/** Does an UPDATE compare the state? */
export const comparesState = (sql: string): boolean => /\bstate\b/.test(conditionOf(sql));

/**
 * Does an UPDATE compare the bare column? Then an index on the state may be taken for it, and every row in that state read
 * (SQLite, measured: 22 times slower). An expression leaves the database only the ids.
 */
export const comparesBareState = (sql: string): boolean =>
  /\bstate\b/.test(conditionOf(sql).replaceAll(/coalesce\(\s*state\s*,\s*''\s*\)/g, ''));
