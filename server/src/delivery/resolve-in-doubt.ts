import type { CampaignId, MessageId, SubmissionId } from '../domain/brands';
import { isFinal, type Message } from '../domain/message';
import { confirm, isOurs } from './confirm-lead';
import type { PauseDeps } from './pauses';
import type { Accounts, Ids, Ledger, Notices } from './ports';

/** What a person found out about a message in doubt. */
export type Resolution =
  | { readonly decision: 'accepted'; readonly campaignId: string }
  | { readonly decision: 'not_sent' }
  | { readonly decision: 'close' };

export interface ResolveDeps extends PauseDeps {
  readonly accounts: Accounts;
  readonly ids: Ids;
  readonly notices: Notices;
}

export type Resolved =
  { readonly ok: true; readonly state: Message['state'] } | { readonly ok: false; readonly message: string };

const refuse = (message: string): Resolved => ({ ok: false, message });

/** A message sent again gets this long from now: its first day may have passed while it was in doubt. */
const FRESH_EXPIRY_MS = 24 * 3_600_000;

/**
 * A person decides about a message in doubt; every decision is written down with the name.
 * `accepted` is checked against the gateway and concerns the whole request; the other two concern this message only.
 */
export const resolveInDoubt = async (
  deps: ResolveDeps,
  id: MessageId,
  resolution: Resolution,
  who: string,
): Promise<Resolved> => {
  const message = await deps.ledger.messages.get(id);
  if (!message) return refuse('There is no such message.');
  if (message.state !== 'in_doubt') return refuse(`This message is not in doubt any more (${message.state}).`);
  switch (resolution.decision) {
    case 'accepted':
      return await acceptAs(deps, message, resolution.campaignId, who);
    case 'not_sent':
      return await move(deps, message, who, 'not_sent', {
        to: 'queued',
        submissionId: null,
        campaignId: null,
        reason: null,
        detail: null,
        dueAt: deps.clock.now(),
        expiresAt: deps.clock.now() + FRESH_EXPIRY_MS,
      });
    case 'close':
      return await move(deps, message, who, 'close', {
        to: 'closed',
        reason: 'closed_by_person',
        finalAt: deps.clock.now(),
      });
  }
};

type Move = Pick<Parameters<Ledger['messages']['change']>[0][number], 'to' | 'reason'> &
  Partial<Parameters<Ledger['messages']['change']>[0][number]>;

const move = async (
  deps: ResolveDeps,
  message: Message,
  who: string,
  action: string,
  patch: Move,
): Promise<Resolved> => {
  const done = await deps.ledger.transaction(async (ledger) => {
    if (message.submissionId) await holdSubmission(ledger, message.submissionId);
    const [changed] = await ledger.messages.change([
      { ...patch, id: message.id, from: ['in_doubt'], fence: message.fence },
    ]);
    if (!changed) return false;
    if (message.submissionId) await closeIfSettled(ledger, message.submissionId);
    await audit(deps, ledger, who, action, message.id, null);
    return true;
  });
  if (done && isFinal(patch.to)) deps.notices.stateReached([{ id: message.id, state: patch.to }]);
  return done ? { ok: true, state: patch.to } : refuse('Somebody else decided about this message in the meantime.');
};

/**
 * Locks the request before its messages, the order in which outcomes and proofs are written: the other way round a decision
 * and a proof that come together deadlock, and two decisions about one campaign do not see each other.
 */
const holdSubmission = async (ledger: Ledger, id: SubmissionId): Promise<void> => {
  await ledger.submissions.change([{ id, from: ['in_doubt'], to: 'in_doubt', patch: {} }]);
};

/** A request about whose messages everything is decided is in doubt no more: it stops its batch and the breaker no longer. */
const closeIfSettled = async (ledger: Ledger, id: SubmissionId): Promise<void> => {
  const left = await ledger.messages.bySubmissions([id]);
  if (left.some(({ state }) => state === 'in_doubt')) return;
  await ledger.submissions.change([
    { id, from: ['in_doubt'], to: 'closed', patch: { reason: 'closed_by_person', pollAt: null } },
  ]);
};

const acceptAs = async (deps: ResolveDeps, message: Message, campaignId: string, who: string): Promise<Resolved> => {
  const account = deps.accounts.current();
  const submission = message.submissionId ? await deps.ledger.submissions.get(message.submissionId) : null;
  if (!account || !submission || submission.account !== account.key)
    return refuse('The gateway account that sent this message is not the one configured now.');
  if (submission.state === 'accepted')
    return refuse(
      `This request is campaign ${submission.campaignId} already; only whether this number is in it is open. Check the message, or say that it was not sent.`,
    );
  if (await deps.ledger.submissions.byCampaign(account.key, campaignId))
    return refuse('This campaign id belongs to another request of this site.');
  const answer = await account.gateway.campaignReport(campaignId as CampaignId); // digits: checked by the contract
  if (answer.kind === 'unknown') return refuse('The gateway knows no campaign with this id.');
  if (answer.kind === 'unavailable') return refuse(`The gateway could not be asked: ${answer.detail}`);
  const members = await deps.ledger.messages.bySubmissions([submission.id]);
  if (
    !isOurs(
      answer.value,
      submission,
      members.map(({ to }) => to),
    )
  )
    return refuse('That campaign has other recipients or was made at another time, so it is not this request.');
  const note = (ledger: Ledger): Promise<void> =>
    audit(deps, ledger, who, 'accepted', message.id, `campaign ${campaignId}`);
  if (!(await confirm(deps, submission, campaignId, note)))
    return refuse('Somebody else decided about this message in the meantime.');
  return { ok: true, state: 'accepted' };
};

const audit = (
  deps: ResolveDeps,
  ledger: Ledger,
  who: string,
  action: string,
  target: string,
  detail: string | null,
): Promise<void> =>
  ledger.audit.insert({
    id: deps.ids.next(),
    at: deps.clock.now(),
    who,
    action: `in_doubt.${action}`,
    target,
    detail,
  });
