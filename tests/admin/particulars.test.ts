import { beyondPause, beyondReason, howItEnded } from '../../admin/src/lib/particulars';
import type { MessageDetailResponse } from '../../shared/contracts/messages';

const ended = (errorKind: string | null, reason: MessageDetailResponse['reason'] = null) =>
  howItEnded({
    reason,
    submission: {
      id: 's1',
      state: 'in_doubt',
      marker: 'ref s1',
      size: 1,
      campaignId: null,
      errorKind,
      errorCode: null,
      detail: 'The words of the server.',
      sendingAt: null,
      finishedAt: null,
      balanceBefore: null,
      balanceAfter: null,
    },
  });

test('the particulars of the server are shown where our own words do not hold them', () => {
  expect(beyondReason('bad_phone', 'to: has too few digits')).toBe('to: has too few digits');
  expect(beyondReason(null, 'Something new')).toBe('Something new');
  expect(beyondReason('refused_phone', 'The gateway refused this number.')).toBeNull();
  expect(beyondPause('bulk_unaffordable', '12.40 of 50.00')).toBe('12.40 of 50.00');
  expect(beyondPause('wrong_credentials', 'The login was refused')).toBeNull();
});

test('how a request ended is told in the language of the panel', () => {
  expect(ended('timeout', 'answer_lost')).toEqual({ key: 'fault.timeout.title', words: null });
  expect(ended(null, 'process_died')).toEqual({ key: 'reason.process_died', words: null });
});

test('together with what only the server knows', () => {
  expect(ended('http', 'answer_lost')).toEqual({ key: 'fault.http.title', words: 'The words of the server.' });
  expect(ended('a kind of a later version')).toEqual({ key: null, words: 'The words of the server.' });
  expect(howItEnded({ submission: null, reason: 'bad_phone' })).toEqual({ key: null, words: null });
});
