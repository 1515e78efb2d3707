import type { Submission } from '../domain/submission';
import type { Ids, Ledger, Member } from './ports';
import { sealedSubmission } from './seal';

/**
 * Seals the parts of a refused request that are worth another try.
 * @param ledger the transaction that freed their messages: no crash can bring the parts together again, and the ramp of their
 * batch waits for them
 */
export const sealParts = async (
  ids: Ids,
  ledger: Ledger,
  { account, lane, alphaname, batchId, expiresAt }: Submission,
  parts: readonly (readonly Member[])[],
  now: number,
): Promise<void> => {
  const frame = { account, lane, alphaname, batchId, expiresAt };
  const sealed = parts
    .filter(({ length }) => length > 0)
    .map((members) => ({ members, submission: sealedSubmission(ids, frame, members, now) }));
  if (sealed.length === 0) return;
  await ledger.submissions.insert(sealed.map(({ submission }) => submission));
  await ledger.messages.claim(
    sealed.flatMap(({ members, submission }) =>
      members.map(({ id, fence }) => ({ id, fence, submissionId: submission.id })),
    ),
  );
};
