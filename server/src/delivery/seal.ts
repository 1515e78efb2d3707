import type { SubmissionId } from '../domain/brands';
import { kindOf, type Submission } from '../domain/submission';
import type { Ids } from './ports';

/** What the members of a request have in common. */
export type Frame = Pick<Submission, 'account' | 'lane' | 'alphaname' | 'batchId' | 'expiresAt'>;

/** A request that is frozen and has not left: anyone may send it. */
export const sealedSubmission = (
  ids: Ids,
  frame: Frame,
  members: readonly { readonly text: string }[],
  now: number,
): Submission => {
  const id = ids.next() as SubmissionId; // The only place that makes a SubmissionId.
  return {
    ...frame,
    id,
    kind: kindOf(members),
    size: members.length,
    marker: `ref ${id}`,
    state: 'sealed',
    fence: 0,
    createdAt: now,
    owner: null,
    leaseUntil: 0,
    sendingAt: null,
    finishedAt: null,
    campaignId: null,
    errorKind: null,
    errorCode: null,
    reason: null,
    detail: null,
    leadCampaignId: null,
    balanceBefore: null,
    balanceAfter: null,
    pollAt: null,
    polls: 0,
    askedAt: null,
    pollUntil: 0,
  };
};
