import { canMove, isFinal, MESSAGE_MOVES, sourcesOf } from '../../../server/src/domain/message';
import { canMoveSubmission, SUBMISSION_MOVES } from '../../../server/src/domain/submission';
import { FINAL_MESSAGE_STATES, MESSAGE_STATES, SUBMISSION_STATES } from '../../../shared/vocabulary';

test('a final state has no way out, every other one has', () => {
  for (const state of MESSAGE_STATES) {
    expect([state, MESSAGE_MOVES[state].length === 0]).toEqual([state, isFinal(state)]);
    expect(isFinal(state)).toBe((FINAL_MESSAGE_STATES as readonly string[]).includes(state));
  }
});

test('every state but those a message is born in can be reached, and from each an end', () => {
  const ends = (state: (typeof MESSAGE_STATES)[number], seen: readonly string[] = []): boolean =>
    isFinal(state) || MESSAGE_MOVES[state].some((next) => !seen.includes(next) && ends(next, [...seen, state]));
  for (const state of MESSAGE_STATES) {
    expect([state, ends(state)]).toEqual([state, true]);
    if (state !== 'rejected') expect([state, sourcesOf(state).length > 0]).toEqual([state, true]);
  }
});

test('what may have left us never returns to a state from which it is sent, but by proof or a person', () => {
  expect(sourcesOf('claimed')).toEqual(['queued']);
  expect(sourcesOf('sending')).toEqual(['claimed']);
  for (const state of ['accepted', 'sent'] as const) expect(canMove(state, 'queued')).toBe(false);
});

test('a submission is sent at most once', () => {
  expect(SUBMISSION_STATES.filter((from) => canMoveSubmission(from, 'sending'))).toEqual(['sealed']);
  expect(SUBMISSION_STATES.filter((from) => canMoveSubmission(from, 'sealed'))).toEqual([]);
  expect(SUBMISSION_MOVES.sending).not.toContain('closed');
});
