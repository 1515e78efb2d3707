import { alphanameMeaning, refusalScope, statusMeaning, stopWordsOf } from '../../server/src/gateway';

test.each([
  ['ERRPHONES', 'message'],
  ['ERRTEXT', 'message'],
  ['INSUFFICIENTFUNDS', 'account'],
  ['ERRALFANAME', 'alphaname'],
  ['XMLERROR', 'request'],
  ['ERRSTARTTIME', 'request'],
  ['ERRENDTIME', 'request'],
  ['ERRLIFETIME', 'request'],
  ['ERRLIVETIME', 'request'],
  ['ERRSPEED', 'request'],
  ['NEVERSEEN', 'request'],
  ['toString', 'request'],
  [undefined, 'request'],
])('refusal %s concerns the %s', (code, scope) => expect(refusalScope(code)).toBe(scope));

test.each([
  ['ACCEPTED', 'pending'],
  ['NEW', 'pending'],
  ['PENDING', 'pending'],
  ['STOPFLAG', 'pending'],
  ['SENT', 'sent'],
  ['DELIVERED', 'delivered'],
  ['EXPIRED', 'expired'],
  ['UNDELIV', 'undelivered'],
  ['ERROR', 'undelivered'],
  ['ALFANAMELIMITED', 'undelivered'],
  ['STOPED', 'stopped'],
  ['USERSTOPED', 'stopped'],
  ['STOPPED', 'unknown'],
  ['DELIVRD', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
])('status %s means %s', (status, meaning) => expect(statusMeaning(status)).toBe(meaning));

test.each([
  ['ACTIVE', 'active'],
  ['MODERATE', 'moderating'],
  ['BLOCKED', 'blocked'],
  ['LIMITED', 'limited'],
  ['NEW', 'unknown'],
])('alphaname status %s means %s', (status, meaning) => expect(alphanameMeaning(status)).toBe(meaning));

test.each([
  ['ERRTEXT', 'STOPWORDS  казино бонус ', ['казино', 'бонус']],
  ['ERRTEXT', 'stopwords: a, b', ['a', 'b']],
  ['ERRTEXT', 'STOPWORDS', []],
  ['ERRTEXT', 'Text is empty', []],
  ['ERRPHONES', 'STOPWORDS a', []],
])('stop words of %s %j', (code, text, words) => expect(stopWordsOf(code, text)).toEqual(words));
