import { isFinal } from '../domain/message';
import { decideOutcome, type MessageOutcome, type SubmitResult } from '../domain/outcome';
import { partsOfRefused } from '../domain/split';
import { BREAKER, firstPollAt, REPORT_GRACE_MS } from '../domain/retry-policy';
import type { Submission } from '../domain/submission';
import { createBatcher } from './batcher';
import { pause, type PauseDeps } from './pauses';
import {
  CampaignIdTaken,
  type Ids,
  type Ledger,
  type Member,
  type MessageChange,
  type Notices,
  type SubmissionChange,
} from './ports';
import { sealParts } from './seal-parts';
import { trialsOf } from './trials';

/** Named places where crash tests stop the process; absent in production. */
export type Failpoint = (name: string) => void;

export interface RecorderDeps extends PauseDeps {
  readonly ids: Ids;
  readonly notices: Notices;
  /** Waits before a write is tried again; resolves false when the process stops. */
  readonly retryLater: (tries: number) => Promise<boolean>;
  readonly failpoint?: Failpoint | undefined;
}

export interface Finished {
  readonly account: string;
  readonly submission: Submission;
  readonly messages: readonly Member[];
  readonly result: SubmitResult;
}

/** What of an outcome took effect; the rest had been decided otherwise in the meantime. */
interface Recorded {
  readonly result: SubmitResult;
  readonly applied: readonly MessageChange[];
  readonly missed: readonly MessageChange[];
}

/** Longest wait of an answer for others before it is written: a few answers of a fast gateway, nothing beside a slow one. */
const LINGER_MS = 20;

/**
 * Records outcomes, those that arrive together in one commit. Keeps trying while the database is away: only we know the answer.
 * @param unanswered how many requests wait for an answer now; while they are many, an outcome waits a moment for company
 */
export const createRecorder = (
  deps: RecorderDeps,
  unanswered: () => number,
): ((finished: Finished) => Promise<void>) => {
  const write = createBatcher<Finished, Recorded>((items) => persist(deps, items), {
    linger: { ms: LINGER_MS, expected: unanswered },
  });
  const verified = new Set<string>();
  return async (finished) => {
    const recorded = await write(finished);
    await afterwards(deps, finished, recorded);
    if (recorded.result.kind !== 'accepted' || verified.has(finished.account)) return;
    await deps.ledger.accounts.markVerified(finished.account, deps.clock.now());
    verified.add(finished.account);
  };
};

const persist = async (deps: RecorderDeps, items: readonly Finished[]): Promise<readonly Recorded[]> => {
  for (let tries = 0; ; tries++) {
    try {
      const recorded = await writeAll(deps, items);
      deps.failpoint?.('after-outcome-commit');
      return recorded;
    } catch (error) {
      if (error instanceof CampaignIdTaken) return await oneByOne(deps, items);
      deps.log.error(`The outcome of ${items.length} request(s) could not be written yet; trying again`);
      if (!(await deps.retryLater(tries))) throw error;
    }
  }
};

/** One answer repeats a campaign id: that one is in doubt, the others are recorded as they are. */
const oneByOne = async (deps: RecorderDeps, items: readonly Finished[]): Promise<readonly Recorded[]> => {
  const [only] = items;
  if (only && items.length === 1) return await persist(deps, [{ ...only, result: repeatedCampaign(only.result) }]);
  const recorded: Recorded[] = [];
  for (const item of items) recorded.push(...(await persist(deps, [item])));
  return recorded;
};

const repeatedCampaign = (result: SubmitResult): SubmitResult => ({
  kind: 'in_doubt',
  reason: 'campaign_id_reused',
  fault: 'unreadable',
  code: null,
  detail: 'The gateway answered with a campaign id that belongs to an earlier request.',
  leadCampaignId: result.kind === 'accepted' ? result.campaignId : null,
});

const writeAll = async (deps: RecorderDeps, items: readonly Finished[]): Promise<readonly Recorded[]> => {
  const now = deps.clock.now();
  return await deps.ledger.transaction(async (ledger: Ledger) => {
    const moved = await ledger.submissions.change(items.map((item) => submissionChange(item, now)));
    await ledger.submissions.change(items.filter((_, index) => !moved[index]).flatMap((item) => evidence(item, now)));
    const changes = items.map((item) => messageChanges(item, now));
    const done = await ledger.messages.change(changes.flat());
    let next = 0;
    const recorded = items.map(({ result }, index) => {
      const own = (changes[index] ?? []).map((change) => ({ change, took: done[next++] === true }));
      return {
        result,
        applied: own.filter(({ took }) => took).map(({ change }) => change),
        missed: own.filter(({ took }) => !took).map(({ change }) => change),
      };
    });
    for (const [index, { submission, result, messages }] of items.entries()) {
      const applied = new Set(recorded[index]?.applied.map(({ id }) => id));
      const parts = partsOfRefused(result, messages).map((part) => part.filter(({ id }) => applied.has(id)));
      await sealParts(deps.ids, ledger, submission, parts, now);
    }
    return recorded;
  });
};

/**
 * Somebody took us for dead, and the late answer is no acceptance. It stays in doubt, which only a person ends, but the
 * person and the search for a lead should have what we heard.
 */
const evidence = ({ submission, result }: Finished, now: number): SubmissionChange[] => {
  if (result.kind === 'accepted') return [];
  const lead = result.kind === 'in_doubt' ? result.leadCampaignId : null;
  const pollUntil = submission.expiresAt + REPORT_GRACE_MS;
  return [
    {
      id: submission.id,
      from: ['in_doubt'],
      fence: submission.fence,
      to: 'in_doubt',
      patch: {
        errorKind: result.fault,
        errorCode: result.kind === 'unavailable' ? null : result.code,
        detail: `The sender heard: ${result.detail}`,
        ...(lead ? { leadCampaignId: lead, pollAt: firstPollAt(now), pollUntil } : {}),
      },
    },
  ];
};

const submissionChange = ({ submission, result }: Finished, now: number): SubmissionChange => {
  const outcome = decideOutcome(result);
  const pollUntil = submission.expiresAt + REPORT_GRACE_MS;
  const accepted = result.kind === 'accepted';
  const lead = result.kind === 'in_doubt' ? result.leadCampaignId : null;
  return {
    id: submission.id,
    // `in_doubt`: somebody took us for dead while we waited; our answer is the proof they lacked.
    from: accepted ? ['sending', 'in_doubt'] : ['sending'],
    fence: submission.fence,
    to: outcome.submission,
    patch: {
      finishedAt: now,
      reason: outcome.reason,
      campaignId: accepted ? result.campaignId : null,
      leadCampaignId: lead,
      errorKind: accepted ? null : result.fault,
      errorCode: result.kind === 'refused' || result.kind === 'in_doubt' ? result.code : null,
      detail: accepted ? null : result.detail,
      pollAt: accepted || lead ? firstPollAt(now) : null,
      pollUntil,
    },
  };
};

const WAITS: MessageOutcome = { to: 'queued', reason: null, detail: null };

const messageChanges = ({ messages, result }: Finished, now: number): MessageChange[] => {
  const outcome = decideOutcome(result);
  const again = new Set(partsOfRefused(result, messages).flat());
  return messages.map((message) => {
    const { to, reason, detail } = again.has(message) ? WAITS : outcome.forRecipient(message.to);
    return {
      id: message.id,
      from: to === 'accepted' ? ['sending', 'in_doubt'] : ['sending'],
      fence: message.fence,
      to,
      reason,
      detail,
      ...(result.kind === 'accepted'
        ? { campaignId: result.campaignId, acceptedAt: to === 'accepted' ? (result.acceptedAt ?? now) : null }
        : {}),
      ...(to === 'queued' ? { submissionId: null } : {}),
      ...(isFinal(to) ? { finalAt: now } : {}),
    };
  });
};

/** Pauses, the breaker and notices come after the commit: losing them in a crash costs one more try, never a message. */
const afterwards = async (
  deps: RecorderDeps,
  { account, submission }: Finished,
  { result, applied, missed }: Recorded,
): Promise<void> => {
  const outcome = decideOutcome(result);
  if (outcome.pause)
    await pause(deps, account, {
      reason: outcome.pause.reason,
      alphaname: outcome.pause.scope === 'alphaname' ? submission.alphaname : null,
      detail: result.kind === 'accepted' ? null : result.detail,
    });
  if (outcome.submission === 'in_doubt') await tripBreaker(deps, account);
  deps.notices.stateReached(
    applied.filter(({ to }) => isFinal(to) || to === 'in_doubt').map(({ id, to }) => ({ id, state: to })),
  );
  if (result.kind === 'accepted') await warnOfLateAcceptance(deps, submission, result.campaignId, missed);
};

/** The answer came after a person had said "not sent" or closed the message: the decision stands, but they must hear of it. */
const warnOfLateAcceptance = async (
  deps: RecorderDeps,
  submission: Submission,
  campaignId: string,
  missed: readonly MessageChange[],
): Promise<void> => {
  for (const { id } of missed) {
    const message = await deps.ledger.messages.get(id);
    if (message && (message.submissionId !== submission.id || message.state === 'closed'))
      deps.log.warn(
        `Message ${id} was accepted after all, as campaign ${campaignId}, after a person had decided about it`,
      );
  }
};

/** Three answers lost in five minutes: something is wrong on the way, and every further request would be in doubt as well. */
export const tripBreaker = async (deps: PauseDeps, account: string): Promise<void> => {
  const since = deps.clock.now() - BREAKER.windowMs;
  const many = (await deps.ledger.submissions.countInDoubtSince(account, since)) >= BREAKER.inDoubtLimit;
  // The request that should have proved the way to be free again did not.
  const healed = many ? [] : await deps.ledger.pauses.healed(account);
  const failed = (await trialsOf(deps.ledger, healed)).some(({ alphaname }) => alphaname === null);
  if (!many && !failed) return;
  await pause(deps, account, {
    reason: 'too_many_in_doubt',
    alphaname: null,
    detail: 'The answers to several requests got lost. Sending goes on when the gateway answers again.',
  });
};
