import type { Ledger, MessageStore, SubmissionStore } from '../../../server/src/delivery/ports';
import type { SubmissionId } from '../../../server/src/domain/brands';
import { canMove, isFinal, type Message } from '../../../server/src/domain/message';
import { canMoveSubmission, type Submission } from '../../../server/src/domain/submission';

const MESSAGE_WRITES: ReadonlySet<string> = new Set<keyof MessageStore>([
  'insertNew',
  'claim',
  'startSending',
  'change',
  'expireWaiting',
  'adopt',
  'holdWaiting',
]);
const SUBMISSION_WRITES: ReadonlySet<string> = new Set<keyof SubmissionStore>([
  'insert',
  'startSending',
  'change',
  'schedulePolls',
  'hintPoll',
]);

interface Rows {
  readonly messages: ReadonlyMap<string, Message>;
  readonly submissions: ReadonlyMap<string, Submission>;
}

/**
 * A ledger under which every single write is compared with the tables of legal moves. What it finds is kept, not thrown: the
 * use cases would take an exception for a database that is away.
 */
export const watchLedger = (inner: Ledger) => {
  const faults: string[] = [];
  const known: SubmissionId[] = [];

  const read = async (ledger: Ledger): Promise<Rows> => ({
    messages: new Map(
      (await ledger.messages.list({}, { page: 1, pageSize: 10_000 })).results.map((row) => [row.id, row]),
    ),
    submissions: new Map((await ledger.submissions.byIds(known)).map((row) => [row.id, row])),
  });

  const compare = (write: string, before: Rows, after: Rows): void => {
    for (const [id, row] of after.messages) checkMessage(write, before.messages.get(id), row);
    for (const [id, row] of after.submissions) checkSubmission(write, before.submissions.get(id), row);
    for (const id of before.messages.keys())
      if (!after.messages.has(id)) faults.push(`${write}: message ${id} is lost`);
  };

  const checkMessage = (write: string, before: Message | undefined, after: Message): void => {
    if (!before || before === after) return;
    const move = `${write}: message ${after.id} ${before.state} -> ${after.state}`;
    if (before.state !== after.state && !canMove(before.state, after.state)) faults.push(`${move} is no legal move`);
    if (isFinal(before.state) && JSON.stringify(before) !== JSON.stringify(after))
      faults.push(`${move}: final, changed`);
    const raised = before.state === 'queued' && after.state === 'claimed' ? 1 : 0;
    if (after.fence !== before.fence + raised) faults.push(`${move}: fence ${before.fence} -> ${after.fence}`);
    if (isFinal(after.state) && after.finalAt === null) faults.push(`${move}: final without a time`);
  };

  const checkSubmission = (write: string, before: Submission | undefined, after: Submission): void => {
    if (!before || before === after) return;
    const move = `${write}: submission ${after.id} ${before.state} -> ${after.state}`;
    if (before.state !== after.state && !canMoveSubmission(before.state, after.state))
      faults.push(`${move} is no legal move`);
    const raised = before.state === 'sealed' && after.state === 'sending' ? 1 : 0;
    if (after.fence !== before.fence + raised) faults.push(`${move}: fence ${before.fence} -> ${after.fence}`);
    for (const frozen of ['account', 'alphaname', 'size', 'marker', 'kind', 'expiresAt'] as const)
      if (before[frozen] !== after[frozen]) faults.push(`${move}: ${frozen} changed after sealing`);
  };

  /** The same stores; each write is one transaction with a look before and after it. */
  const watch = (outer: Ledger, within: Ledger['transaction']): Ledger => {
    const guard = <Store extends object>(name: 'messages' | 'submissions', writes: ReadonlySet<string>): Store =>
      new Proxy(outer[name] as unknown as Store, {
        get: (store, method) => {
          const original: unknown = Reflect.get(store, method);
          if (typeof method !== 'string' || !writes.has(method) || typeof original !== 'function') return original;
          return (...args: unknown[]) =>
            within(async (ledger) => {
              if (name === 'submissions' && method === 'insert')
                known.push(...(args[0] as readonly Submission[]).map(({ id }) => id)); // its only argument
              const before = await read(ledger);
              const target: unknown = Reflect.get(ledger[name], method);
              const result: unknown = await Reflect.apply(target as typeof original, ledger[name], args); // the same method
              compare(`${name}.${method}`, before, await read(ledger));
              return result;
            });
        },
      });
    return {
      ...outer,
      messages: guard<MessageStore>('messages', MESSAGE_WRITES),
      submissions: guard<SubmissionStore>('submissions', SUBMISSION_WRITES),
      transaction: (work) => within((ledger) => work(watch(ledger, (nested) => nested(ledger)))),
    };
  };

  return {
    ledger: watch(inner, (work) => inner.transaction(work)),
    faults,
    submissions: async (): Promise<Submission[]> => await inner.submissions.byIds(known),
  };
};
