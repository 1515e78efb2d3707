/** What the gateway's codes and statuses mean. The words themselves travel verbatim; here they only get a sense. */

/** Whom a refusal concerns, and so who has to act before anything else is sent. */
export type RefusalScope = 'message' | 'request' | 'account' | 'alphaname';

const SCOPES: ReadonlyMap<string, RefusalScope> = new Map([
  ['ERRPHONES', 'message'],
  ['ERRTEXT', 'message'],
  ['INSUFFICIENTFUNDS', 'account'],
  ['ERRALFANAME', 'alphaname'],
  ['XMLERROR', 'request'],
  ['ERRSTARTTIME', 'request'],
  ['ERRENDTIME', 'request'],
  ['ERRLIFETIME', 'request'],
  // Spelling of the gateway's documentation of 2013.
  ['ERRLIVETIME', 'request'],
  ['ERRSPEED', 'request'],
]);

/** Scope of a refusal code; codes we do not know concern the request, the narrowest reading that blames nobody else. */
export const refusalScope = (code: string | undefined): RefusalScope =>
  SCOPES.get((code ?? '').trim().toUpperCase()) ?? 'request';

/** Sense of a status of one message. `unknown` is not final: keep the word, ask again, stop at a deadline. */
export type StatusMeaning = 'pending' | 'sent' | 'delivered' | 'expired' | 'undelivered' | 'stopped' | 'unknown';

const STATUSES: ReadonlyMap<string, StatusMeaning> = new Map([
  ['ACCEPTED', 'pending'],
  ['NEW', 'pending'],
  ['PENDING', 'pending'],
  // A passing state; the name suggests that a stop was asked for, yet no client treats it as final.
  ['STOPFLAG', 'pending'],
  ['SENT', 'sent'],
  ['DELIVERED', 'delivered'],
  ['EXPIRED', 'expired'],
  ['UNDELIV', 'undelivered'],
  ['ERROR', 'undelivered'],
  ['ALFANAMELIMITED', 'undelivered'],
  // One P is the gateway's own spelling.
  ['STOPED', 'stopped'],
  ['USERSTOPED', 'stopped'],
]);

/** Sense of a message status in the gateway's word. */
export const statusMeaning = (status: string | null | undefined): StatusMeaning =>
  STATUSES.get((status ?? '').trim().toUpperCase()) ?? 'unknown';

/** Sense of the status of an alphaname. Only `active` may send. */
export type AlphanameMeaning = 'active' | 'moderating' | 'blocked' | 'limited' | 'unknown';

const ALPHANAME_STATUSES: ReadonlyMap<string, AlphanameMeaning> = new Map([
  ['ACTIVE', 'active'],
  ['MODERATE', 'moderating'],
  ['BLOCKED', 'blocked'],
  // Not allowed at some mobile operator.
  ['LIMITED', 'limited'],
]);

/** Sense of an alphaname's status in the gateway's word. */
export const alphanameMeaning = (status: string | null | undefined): AlphanameMeaning =>
  ALPHANAME_STATUSES.get((status ?? '').trim().toUpperCase()) ?? 'unknown';

/**
 * Words the gateway objects to, from the sentence of an ERRTEXT refusal: `STOPWORDS` and then the words, separated by one
 * or more blanks. Empty when the sentence says something else (an empty text, for instance).
 */
export const stopWordsOf = (code: string | undefined, gatewayText: string): string[] => {
  if (code !== 'ERRTEXT') return [];
  const match = /^\s*STOPWORDS\b[\s:]*([\s\S]*)$/i.exec(gatewayText);
  return (match?.[1] ?? '').split(/[\s,;]+/).filter((word) => word !== '');
};

/** The only code that means success. */
export const ACCEPT = 'ACCEPT';
/** The only status of a recipient in a SENDSMS answer that means the gateway took the message. */
export const ACCEPTED = 'ACCEPTED';
