import { formatKyiv } from '../kyiv-time';
import { attributes, document, escapeXml } from '../xml/writer';

/** Why the gateway says no: the code of the `state` element and its sentence for people. */
export interface Refusal {
  readonly code: string;
  readonly sentence: string;
}

/** What an operation made of a request. */
export interface Answer {
  /** The XML document. */
  readonly body: string;
  /** ACCEPT, OK for the other successes, or the refusal's code. */
  readonly outcome: string;
}

export const SENTENCES = {
  XMLERROR: 'Incorrect XML document',
  ERRPHONES: 'No correct phones',
  ERRTEXT: 'Text of the message is empty',
  ERRSTARTTIME: 'Incorrect start time. Use AUTO or YYYY-MM-DD HH:MM:SS, not earlier than now',
  ERRENDTIME: 'Incorrect end time. Use AUTO or YYYY-MM-DD HH:MM:SS, not earlier than the start time',
  ERRLIFETIME: 'Incorrect lifetime. Use a whole number of hours from 1 to 24',
  ERRSPEED: 'Incorrect rate. Use a whole number from 1 to 120 messages per minute',
  ERRALFANAME: 'This alfaname is forbidden for your account or incorrect',
  INSUFFICIENTFUNDS: 'Insufficient funds. Please top up your balance',
  MSGERROR: 'Message not found',
  CAMPAIGNERROR: 'Incorrect campaign ID',
} as const;

export const refusal = (code: keyof typeof SENTENCES): Refusal => ({ code, sentence: SENTENCES[code] });

/** The `state` line: code, campaignID and date in this order, for clients that cut between them. */
export const stateLine = (code: string, sentence: string, now: number, campaignId?: string): string => {
  const id: [string, string][] = campaignId === undefined ? [] : [['campaignID', campaignId]];
  return `<state${attributes([['code', code], ...id, ['date', formatKyiv(now)]])}>${escapeXml(sentence)}</state>`;
};

/** @param root `answer` for the two campaign reports, `message` for everything else */
export const refuse = (why: Refusal, now: number, root: 'message' | 'answer' = 'message'): Answer => ({
  body: document(root, [stateLine(why.code, why.sentence, now)]),
  outcome: why.code,
});
