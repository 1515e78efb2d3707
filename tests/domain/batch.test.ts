import { batchState } from '../../server/src/domain/batch';

describe('batchState', () => {
  it.each([
    [{}, 'done'],
    [{ queued: 1, delivered: 9 }, 'running'],
    [{ claimed: 1 }, 'running'],
    [{ sending: 1, in_doubt: 1 }, 'running'],
    [{ held: 2, delivered: 1 }, 'held'],
    [{ accepted: 3, sent: 1, failed: 1 }, 'done'],
    [{ in_doubt: 1, delivered: 5 }, 'done_with_doubts'],
  ] as const)('%j is %s', (counts, state) => {
    expect(batchState(counts)).toBe(state);
  });
});
