import type { SubmissionId } from '../domain/brands';
import type { SubmitResult } from '../domain/outcome';
import type { Submission } from '../domain/submission';
import { createBatcher } from './batcher';
import { sendingLeaseMs } from './leases';
import { closedNow, type Closed, type PauseDeps } from './pauses';
import type { Account, Accounts, Member, SendingConfig } from './ports';
import { createRecorder, type RecorderDeps } from './record-outcome';
import { admitted, choosingAlone, withoutTrials } from './trials';

export interface SendDeps extends PauseDeps, RecorderDeps {
  readonly accounts: Accounts;
  readonly sending: SendingConfig;
  /** Id of this process; a `sending` row of another one is never touched here. */
  readonly owner: string;
}

interface Started {
  readonly account: Account;
  readonly submission: Submission;
  readonly messages: readonly Member[];
}

/**
 * Sends sealed submissions: each is marked `sending` by compare-and-set, posted once, and its outcome recorded. Those that
 * another instance took, that wait for a pause to end or that belong to another account are left alone, so running an id
 * twice is harmless.
 */
export const createSender = (deps: SendDeps): ((ids: readonly SubmissionId[]) => Promise<void>) => {
  const start = createBatcher<SubmissionId, Started | null>((ids) => startAll(deps, ids));
  let unanswered = 0;
  const record = createRecorder(deps, () => unanswered);
  const sendOne = async (id: SubmissionId): Promise<void> => {
    const started = await start(id);
    if (!started) return;
    unanswered++;
    const result = await post(started, deps).finally(() => unanswered--);
    await record({ ...started, account: started.account.key, result });
  };
  return async (ids) => {
    await Promise.all(ids.map(sendOne));
  };
};

/** Group commit: all that ask in the same moment are marked in one transaction. */
const startAll = async (deps: SendDeps, ids: readonly SubmissionId[]): Promise<(Started | null)[]> => {
  const account = deps.accounts.current();
  if (!account) return ids.map(() => null);
  const closed = await closedNow(deps.ledger, account.key);
  if (closed.onTrial.length === 0 || deps.sending.soleInstance) return await startOpen(deps, account, closed, ids);
  return await choosingAlone(deps, account, async (chosen) =>
    startOpen(deps, account, chosen ? await closedNow(deps.ledger, account.key) : withoutTrials(closed), ids),
  );
};

const startOpen = async (
  deps: SendDeps,
  account: Account,
  closed: Closed,
  ids: readonly SubmissionId[],
): Promise<(Started | null)[]> => {
  if (closed.account) return ids.map(() => null);
  const now = deps.clock.now();
  const able = await admitted(deps, account, closed.onTrial, closed.alphanames, ids);
  const taken = await deps.ledger.transaction(async (ledger) => {
    const submissions = await ledger.submissions.startSending(able, {
      owner: deps.owner,
      now,
      leaseUntil: now + sendingLeaseMs(deps.sending),
      only: { account: account.key, exceptAlphanames: closed.alphanames },
    });
    const messages: Member[] = [];
    for (const portion of portions(submissions)) {
      if (messages.length > 0) await new Promise((resolve) => setImmediate(resolve));
      messages.push(...(await ledger.messages.startSending(portion)));
    }
    return { submissions, messages };
  });
  deps.failpoint?.('after-sending-commit');
  const open = new Map(taken.submissions.map((row) => [row.id, row]));
  return ids.map((id) => {
    const submission = open.get(id);
    // An engine may deliver one id twice in the same moment: only the first of the two gets to post it.
    if (!submission || !open.delete(id)) return null;
    const messages = taken.messages.filter((row) => row.submissionId === id);
    return { account, submission, messages };
  });
};

/** Messages marked and read with one statement: about 10 ms in which a database inside the process lets nothing else run. */
const PORTION = 500;

/** Submissions in groups that hold about so many messages together. */
const portions = (submissions: readonly Submission[]): SubmissionId[][] => {
  const groups: SubmissionId[][] = [];
  let room = 0;
  for (const { id, size } of submissions) {
    if (room < size || groups.length === 0) {
      groups.push([]);
      room = PORTION;
    }
    groups.at(-1)?.push(id);
    room -= size;
  }
  return groups;
};

const post = async ({ account, submission, messages }: Started, deps: SendDeps): Promise<SubmitResult> => {
  if (messages.length !== submission.size)
    // Frozen membership and rows disagree: nobody knows what would be sent, so nothing is.
    return {
      kind: 'refused',
      scope: 'request',
      reason: 'refused_request',
      pause: null,
      fault: 'invalid',
      code: null,
      detail: 'The members of this request changed after it was sealed; it was not sent.',
    };
  // A process that stood still since it marked the request was taken for dead, and a person may have sent the text anew.
  if (deps.clock.now() >= submission.leaseUntil)
    return {
      kind: 'unavailable',
      fault: 'timeout',
      detail: 'The process stood still before the request left; it was not sent.',
    };
  const result = await account.gateway.submit({
    alphaname: submission.alphaname,
    kind: submission.kind,
    messages: messages.map(({ to, text }) => ({ recipient: to, text })),
    marker: submission.marker,
    lifetimeHours: deps.sending.lifetimeHours,
    ratePerMinute: deps.sending.ratePerMinute,
  });
  deps.failpoint?.('after-answer');
  return result;
};
