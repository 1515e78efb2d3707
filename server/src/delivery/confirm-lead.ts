import type { CampaignId } from '../domain/brands';
import { nextPollAt } from '../domain/retry-policy';
import type { Submission } from '../domain/submission';
import type { ReconcileDeps } from './reconcile';
import { CampaignIdTaken, type Account, type CampaignReport, type Ledger } from './ports';

/** Clocks of two machines and the gateway's whole seconds: a campaign made this much outside the sending is another one. */
const BEFORE_MS = 2 * 60_000;
const AFTER_MS = 10 * 60_000;

/**
 * An in-doubt submission with a lead (a campaign id seen in a damaged answer or a push): if the gateway's campaign has exactly
 * our recipients and was made while we were sending, it is ours. Automation may only confirm; it never concludes "not sent".
 */
export const confirmLead = async (deps: ReconcileDeps, account: Account, submission: Submission): Promise<void> => {
  const lead = submission.leadCampaignId;
  if (!lead) return;
  const answer = await account.gateway.campaignReport(lead);
  const messages = await deps.ledger.messages.bySubmissions([submission.id]);
  const recipients = messages.map(({ to }) => to);
  if (answer.kind === 'ok' && isOurs(answer.value, submission, recipients) && (await confirm(deps, submission, lead)))
    return;
  const now = deps.clock.now();
  await deps.ledger.submissions.schedulePolls([
    {
      id: submission.id,
      pollAt: nextPollAt(now, submission.polls + 1, submission.pollUntil),
      polls: submission.polls + 1,
      askedAt: now,
    },
  ]);
};

export const isOurs = (report: CampaignReport, submission: Submission, recipients: readonly string[]): boolean => {
  const theirs = new Set(report.reports.map(({ recipient }) => recipient));
  // A person may have decided about some of its messages already: those that are left must be there, and the count must fit.
  const same =
    recipients.length > 0 && theirs.size === submission.size && recipients.every((recipient) => theirs.has(recipient));
  const sentAt = submission.sendingAt;
  if (!same || sentAt === null || report.createdAt === null) return false;
  const until = (submission.finishedAt ?? sentAt) + AFTER_MS;
  return report.createdAt >= sentAt - BEFORE_MS && report.createdAt <= until;
};

/**
 * in_doubt -> accepted under this campaign id, for the submission and its messages; false when the id is somebody else's or
 * somebody decided meanwhile.
 * @param note written in the same commit, e.g. who said so
 */
export const confirm = async (
  deps: Pick<ReconcileDeps, 'ledger' | 'clock'>,
  submission: Submission,
  campaignId: string,
  note: (ledger: Ledger) => Promise<void> = () => Promise.resolve(),
): Promise<boolean> => {
  const now = deps.clock.now();
  const id = campaignId as CampaignId; // verified by the caller against the gateway
  try {
    return await deps.ledger.transaction(async (ledger: Ledger) => {
      const [done] = await ledger.submissions.change([
        {
          id: submission.id,
          from: ['in_doubt'],
          fence: submission.fence,
          to: 'accepted',
          patch: { campaignId: id, pollAt: now, reason: null, detail: null },
        },
      ]);
      if (!done) return false;
      const messages = await ledger.messages.bySubmissions([submission.id]);
      await ledger.messages.change(
        messages.map((message) => ({
          id: message.id,
          from: ['in_doubt'] as const,
          fence: message.fence,
          to: 'accepted' as const,
          reason: null,
          detail: null,
          campaignId: id,
          acceptedAt: submission.sendingAt ?? now,
        })),
      );
      await note(ledger);
      return true;
    });
  } catch (error) {
    if (error instanceof CampaignIdTaken) return false;
    throw error;
  }
};
