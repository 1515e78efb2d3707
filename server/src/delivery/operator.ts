import type { MessageId } from '../domain/brands';
import type { Message } from '../domain/message';
import type { Accounts, Ledger } from './ports';
import { reconcileOne, type ReconcileDeps } from './reconcile';
import { unseal } from './unseal';

export interface OperatorDeps extends ReconcileDeps {
  readonly accounts: Accounts;
}

export type Operated =
  { readonly ok: true; readonly state: Message['state'] } | { readonly ok: false; readonly message: string };

/** A person calls back a message that has not left. One that is being sent cannot be called back. */
export const cancelMessage = async (deps: OperatorDeps, id: MessageId): Promise<Operated> => {
  const message = await deps.ledger.messages.get(id);
  if (!message) return { ok: false, message: 'There is no such message.' };
  const done = await deps.ledger.transaction(async (ledger) =>
    message.state === 'claimed' ? await callBackSealed(deps, ledger, message) : await callBack(deps, ledger, message),
  );
  if (!done) return { ok: false, message: 'This message is on its way or finished; it cannot be cancelled any more.' };
  deps.notices.stateReached([{ id, state: 'cancelled' }]);
  return { ok: true, state: 'cancelled' };
};

const callBack = async (deps: OperatorDeps, ledger: Ledger, { id, fence }: Message): Promise<boolean> => {
  const [done] = await ledger.messages.change([
    {
      id,
      from: ['queued', 'held'],
      fence,
      to: 'cancelled',
      reason: 'cancelled_by_person',
      finalAt: deps.clock.now(),
    },
  ]);
  return done === true;
};

/** Its request waits sealed, maybe for hours behind a pause: the request is opened, and the others in it go back to the queue. */
const callBackSealed = async (deps: OperatorDeps, ledger: Ledger, message: Message): Promise<boolean> => {
  const submission = message.submissionId ? await ledger.submissions.get(message.submissionId) : null;
  if (!submission) return false;
  const ended = await unseal(ledger, [submission], {
    now: deps.clock.now(),
    reason: 'cancelled_by_person',
    end: ({ id }) => (id === message.id ? { to: 'cancelled', reason: 'cancelled_by_person' } : null),
  });
  return ended.length > 0;
};

/** A held text gets a day from its release: the wait was not its fault. */
const RELEASED_EXPIRY_MS = 24 * 3_600_000;

/** A person lets a held message go. */
export const releaseMessage = async (deps: OperatorDeps, id: MessageId): Promise<Operated> => {
  const message = await deps.ledger.messages.get(id);
  if (!message) return { ok: false, message: 'There is no such message.' };
  const now = deps.clock.now();
  const [done] = await deps.ledger.transaction((ledger) =>
    ledger.messages.change([
      {
        id,
        from: ['held'],
        fence: message.fence,
        to: 'queued',
        reason: null,
        detail: null,
        dueAt: now,
        expiresAt: now + RELEASED_EXPIRY_MS,
      },
    ]),
  );
  return done ? { ok: true, state: 'queued' } : { ok: false, message: 'This message is not held any more.' };
};

/** Asks the gateway about one message now, out of turn. */
export const checkNow = async (deps: OperatorDeps, id: MessageId): Promise<Operated> => {
  const message = await deps.ledger.messages.get(id);
  const account = deps.accounts.current();
  const submission = message?.submissionId ? await deps.ledger.submissions.get(message.submissionId) : null;
  if (!message || !submission) return { ok: false, message: 'This message has not been handed to the gateway.' };
  if (!account || submission.account !== account.key)
    return { ok: false, message: 'The gateway account that sent this message is not the one configured now.' };
  await reconcileOne(deps, account, submission);
  const fresh = await deps.ledger.messages.get(id);
  return { ok: true, state: fresh?.state ?? message.state };
};

/** What a status push says is only a hint: it brings the question forward, and the gateway's answer decides. */
export const takeHints = async (deps: OperatorDeps, campaignIds: readonly string[]): Promise<number> => {
  const account = deps.accounts.current();
  if (!account) return 0;
  return deps.ledger.submissions.hintPoll(account.key, campaignIds, deps.clock.now());
};
