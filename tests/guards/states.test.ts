import { canMove, isFinal } from '../../server/src/domain/message';
import { decideOutcome, type SubmitResult } from '../../server/src/domain/outcome';
import { canMoveSubmission } from '../../server/src/domain/submission';
import { MESSAGE_STATES, SUBMISSION_STATES } from '../../shared/vocabulary';

/** Written out a second time on purpose: a slip in the table of moves must not change what is expected of it. */
const FINAL = 'delivered undelivered expired stopped unreported rejected failed cancelled closed'.split(' ');

test('a final state is never left', () => {
  expect(MESSAGE_STATES.filter(isFinal).sort()).toEqual([...FINAL].sort());
  const left = MESSAGE_STATES.filter(isFinal).flatMap((from) => MESSAGE_STATES.filter((to) => canMove(from, to)));
  expect(left).toEqual([]);
});

test('what may have left goes back to the queue from two states only: with proof, or by a person', () => {
  const begun = ['sending', 'accepted', 'sent', 'in_doubt', ...FINAL];
  expect(MESSAGE_STATES.filter((from) => begun.includes(from) && canMove(from, 'queued'))).toEqual([
    'sending',
    'in_doubt',
  ]);
});

test('a request that was begun is never sealed again', () => {
  expect(SUBMISSION_STATES.filter((from) => canMoveSubmission(from, 'sealed'))).toEqual([]);
  expect(SUBMISSION_STATES.filter((from) => canMoveSubmission(from, 'sending'))).toEqual(['sealed']);
});

test('a lost answer puts request and message in doubt, and nothing back into the queue', () => {
  const lost: SubmitResult = {
    kind: 'in_doubt',
    reason: 'answer_lost',
    fault: 'timeout',
    code: null,
    detail: 'No answer.',
    leadCampaignId: null,
  };
  const outcome = decideOutcome(lost);
  expect(outcome.submission).toBe('in_doubt');
  expect(outcome.forRecipient('380501234567')).toMatchObject({ to: 'in_doubt', reason: 'answer_lost' });
});
