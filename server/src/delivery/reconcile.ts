import type { CampaignId } from '../domain/brands';
import { isFinal, type Message } from '../domain/message';
import { firstPollAt, nextPollAt, POLL_TAIL_MS, REPORT_GRACE_MS } from '../domain/retry-policy';
import type { Submission } from '../domain/submission';
import { confirmLead } from './confirm-lead';
import type { PauseReason } from '../../../shared/vocabulary';
import { pause, type PauseDeps } from './pauses';
import type { Account, Answer, Ledger, MessageChange, Notices, StatusReport } from './ports';

export interface ReconcileDeps extends PauseDeps {
  readonly notices: Notices;
}

/** Questions in one turn; the rest waits for the next so that a backlog of reports never delays sending. */
const AT_ONCE = 20;

/** While the login is refused or the gateway is away, the probe of the pause is the only question: others could lock the account. */
const SILENT: readonly PauseReason[] = ['wrong_credentials', 'gateway_unreachable'];

/** Does asking the gateway make sense now? */
export const mayAsk = async (ledger: Ledger, account: string): Promise<boolean> =>
  !(await ledger.pauses.list(account)).some(({ alphaname, reason }) => alphaname === null && SILENT.includes(reason));

/**
 * Asks the gateway about due submissions and writes what it says. Returns how many it asked about; none while `mayAsk` says
 * no, although some may be due.
 */
export const reconcileDue = async (deps: ReconcileDeps, account: Account): Promise<number> => {
  const due = await deps.ledger.submissions.duePolls({ account: account.key, now: deps.clock.now(), limit: AT_ONCE });
  let asked = 0;
  for (const submission of due) {
    if (!(await mayAsk(deps.ledger, account.key))) break;
    await reconcileOne(deps, account, submission);
    asked++;
  }
  return asked;
};

/** Asks about one submission, whether it is due or not: the schedule, a push and a person's click all come here. */
export const reconcileOne = async (deps: ReconcileDeps, account: Account, submission: Submission): Promise<void> => {
  if (submission.state === 'in_doubt') return await confirmLead(deps, account, submission);
  if (!submission.campaignId) return;
  const messages = await deps.ledger.messages.bySubmissions([submission.id]);
  if (messages.every(({ state }) => isFinal(state)))
    return await deps.ledger.submissions.schedulePolls([{ id: submission.id, pollAt: null, polls: submission.polls }]);
  const answer = await ask(account, submission.campaignId, submission, messages);
  const now = deps.clock.now();
  if (answer.kind === 'unavailable' && answer.pause)
    await pause(deps, account.key, { reason: answer.pause, alphaname: null, detail: answer.detail });
  const reports = answer.kind === 'ok' ? answer.value : [];
  const finished = isOver(submission, answer.kind !== 'unavailable', now);
  const complete = answer.kind === 'ok' && listsAllWeKnow(messages, reports);
  const changes = messages
    .map((message) => changeOf(message, reports, complete, submission, now))
    .filter((change) => change !== null);
  const remaining = await write(deps, messages, changes, finished, now);
  // Whoever just turned out to be in the campaign has not been asked about yet, however late it is.
  const found = changes.some(({ from, to }) => to === 'accepted' && from.includes('in_doubt'));
  const next =
    nextPollAt(now, submission.polls + 1, submission.pollUntil) ??
    (found ? firstPollAt(now) : finished ? null : now + POLL_TAIL_MS);
  const pollAt = remaining === 0 ? null : next;
  await deps.ledger.submissions.schedulePolls([
    { id: submission.id, pollAt, polls: submission.polls + 1, askedAt: now },
  ]);
};

/**
 * Is the time for reports over? The last question needs an answer: a site that was switched off for a week, or a gateway that
 * is away at that hour, must not turn delivered texts into unreported ones. Two days later nobody waits any more.
 */
const isOver = ({ pollUntil }: Submission, answered: boolean, now: number): boolean =>
  now >= pollUntil && (answered || now >= pollUntil + REPORT_GRACE_MS);

/** A list that lacks numbers the gateway accepted by name is not complete yet, so it proves nothing about the others. */
const listsAllWeKnow = (messages: readonly Message[], reports: readonly StatusReport[]): boolean =>
  reports.length > 0 &&
  messages.every(
    ({ state, to, acceptedAt }) =>
      state === 'in_doubt' || acceptedAt === null || reports.some(({ recipient }) => recipient === to),
  );

/** One number: the cheap question. A campaign: one question for all its numbers. */
const ask = async (
  account: Account,
  campaignId: CampaignId,
  submission: Submission,
  messages: readonly Message[],
): Promise<Answer<readonly StatusReport[]>> => {
  const [only] = messages;
  if (submission.size === 1 && only) {
    const answer = await account.gateway.messageStatus(campaignId, only.to);
    return answer.kind === 'ok' ? { kind: 'ok', value: [answer.value] } : answer;
  }
  const answer = await account.gateway.campaignReport(campaignId);
  return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.reports } : answer;
};

const changeOf = (
  message: Message,
  reports: readonly StatusReport[],
  complete: boolean,
  submission: Submission,
  now: number,
): MessageChange | null => {
  if (isFinal(message.state)) return null;
  const report = reports.find(({ recipient }) => recipient === message.to);
  if (message.state === 'in_doubt') return settleUnmentioned(message, report, complete, submission, now);
  if (!report || report.gatewayStatus === message.gatewayStatus) return null;
  const base = { id: message.id, gatewayStatus: report.gatewayStatus, statusAt: report.at ?? now };
  const to = report.state ?? message.state;
  return {
    ...base,
    from: ['accepted', 'sent'],
    to,
    ...(isFinal(to) ? { finalAt: now, ...(to === 'delivered' ? {} : { reason: 'gateway_status' as const }) } : {}),
  };
};

/** The request was accepted without naming this number; the campaign's own list tells whether it is in. */
const settleUnmentioned = (
  message: Message,
  report: StatusReport | undefined,
  complete: boolean,
  submission: Submission,
  now: number,
): MessageChange | null => {
  if (report)
    return {
      id: message.id,
      from: ['in_doubt'],
      fence: message.fence,
      to: 'accepted',
      reason: null,
      detail: null,
      campaignId: submission.campaignId,
      acceptedAt: submission.finishedAt,
    };
  if (!complete || submission.size === 1) return null;
  return {
    id: message.id,
    from: ['in_doubt'],
    fence: message.fence,
    to: 'failed',
    reason: 'refused_phone',
    detail: 'The gateway left this number out of the campaign.',
    finalAt: now,
  };
};

/** Writes the reports; at the cut-off what has none becomes `unreported`. Returns how many messages still wait. */
const write = async (
  deps: ReconcileDeps,
  messages: readonly Message[],
  reported: readonly MessageChange[],
  finished: boolean,
  now: number,
): Promise<number> => {
  const settled = new Set(reported.filter(({ to }) => isFinal(to)).map(({ id }) => id));
  const waiting = messages.filter(({ id, state }) => !isFinal(state) && !settled.has(id));
  const unreported = finished
    ? waiting
        .filter(({ state }) => state === 'accepted' || state === 'sent')
        .map(({ id }): MessageChange => ({
          id,
          from: ['accepted', 'sent'],
          to: 'unreported',
          reason: 'no_final_report',
          finalAt: now,
        }))
    : [];
  const changes = [...reported, ...unreported];
  if (changes.length === 0) return waiting.length;
  const applied = await deps.ledger.transaction((ledger: Ledger) => ledger.messages.change(changes));
  deps.notices.stateReached(
    changes.filter(({ to }, index) => applied[index] && isFinal(to)).map(({ id, to }) => ({ id, state: to })),
  );
  return waiting.length - unreported.length;
};
