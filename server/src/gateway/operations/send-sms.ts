import { attributeOf, childrenOf, UnexpectedAnswer } from '../answer';
import type { Operation } from '../call';
import { ACCEPTED } from '../codes';
import { invalid } from '../errors';
import {
  checkAlphaname,
  checkDescription,
  checkInstant,
  checkRecipient,
  checkText,
  checkWholeNumber,
  isId,
} from '../input';
import { fromKyivTime, toKyivTime } from '../kyiv-time';
import {
  LIFETIME_HOURS,
  MAX_RECIPIENTS,
  RATE_PER_MINUTE,
  SEND_ANSWER_BASE_BYTES,
  SEND_ANSWER_BYTES_PER_RECIPIENT,
} from '../limits';
import type { XmlElement } from '../xml/read';
import type { XmlNode } from '../xml/write';
import { sameNumber } from './numbers';

/** What a request says besides numbers and texts. */
export interface SendSmsSettings {
  /** Sender name registered to the account: 1 to 11 printable ASCII characters. */
  readonly alphaname: string;
  /** Label shown in the gateway's web cabinet. */
  readonly description?: string | undefined;
  /** Hours the mobile operator keeps trying, 1 to 24; 24 when absent. */
  readonly lifetimeHours?: number | undefined;
  /** Messages per minute, 1 to 120; 120 when absent. Matters only for several recipients. */
  readonly ratePerMinute?: number | undefined;
  /** When the gateway begins to send; at once when absent. */
  readonly startAt?: Date | undefined;
  /** When the gateway stops sending; its own choice when absent. */
  readonly endAt?: Date | undefined;
}

/** One text for one or many recipients. */
export interface SendOneText extends SendSmsSettings {
  readonly text: string;
  /** Numbers in international form, 10 to 15 digits, a leading plus allowed; none twice. */
  readonly recipients: readonly string[];
  readonly messages?: undefined;
}

/** A text of its own for every recipient. */
export interface SendIndividualTexts extends SendSmsSettings {
  readonly messages: readonly { readonly recipient: string; readonly text: string }[];
  readonly text?: undefined;
  readonly recipients?: undefined;
}

export type SendSmsInput = SendOneText | SendIndividualTexts;

/** What the gateway said about one number. */
export interface RecipientResult {
  /** The number as it was asked for, digits only. */
  readonly recipient: string;
  /** The gateway's word; null when its answer does not mention the number. */
  readonly status: string | null;
  /** False with status null means "not known": ask GETCAMPAIGNDETAIL before sending again. */
  readonly accepted: boolean;
}

export interface SendSmsResult {
  /** Handle for everything later; text, never a number. */
  readonly campaignId: string;
  /** Time on the gateway's clock, or null when it gave none. */
  readonly acceptedAt: Date | null;
  /** One entry per number asked for, in the order of the request. */
  readonly recipients: readonly RecipientResult[];
  /** How many numbers the answer mentions that nobody asked for: a sign that it answers another request. */
  readonly unexpectedRecipients: number;
}

const OPERATION = 'SENDSMS';

/** @throws GatewayError of kind `invalid` before anything is sent */
export const sendSms = (input: SendSmsInput): Operation<SendSmsResult> => {
  const pairs = checkPairs(input);
  const settings = settingsOf(input);
  const recipients = pairs.map(({ recipient }) => recipient);
  const texts = pairs.flatMap(({ text }) => (text === undefined ? [] : [text]));
  const individual = input.messages !== undefined;
  return {
    operation: OPERATION,
    request: {
      name: 'request',
      children: [
        { name: 'operation', text: OPERATION },
        {
          name: 'message',
          attributes: individual ? { type: 'individual', ...settings } : settings,
          // One text stands first, then all numbers; individual texts follow their number, flat.
          children: individual ? pairs.flatMap(individualPair) : [body(texts[0]), ...recipients.map(recipientNode)],
        },
      ],
    },
    read: (root) => read(root, recipients),
    maxAnswerBytes: SEND_ANSWER_BASE_BYTES + SEND_ANSWER_BYTES_PER_RECIPIENT * recipients.length,
    confidential: texts,
  };
};

interface Pair {
  readonly recipient: string;
  readonly text: string | undefined;
}

const body = (text: string | undefined): XmlNode => ({ name: 'body', text: text ?? '' });
const recipientNode = (recipient: string): XmlNode => ({ name: 'recipient', text: recipient });
const individualPair = ({ recipient, text }: Pair): XmlNode[] => [recipientNode(recipient), body(text)];

const checkPairs = (input: SendSmsInput): Pair[] => {
  const { recipients, messages, text } = input;
  if ((recipients === undefined) === (messages === undefined))
    throw invalid('recipients', 'must be given with `text`, or `messages` instead of both', OPERATION);
  const field = messages === undefined ? 'recipients' : 'messages';
  const given: unknown = messages ?? recipients;
  if (!Array.isArray(given) || given.length === 0 || given.length > MAX_RECIPIENTS)
    throw invalid(field, `must be a list of 1 to ${MAX_RECIPIENTS} entries`, OPERATION);
  if (messages !== undefined && text !== undefined)
    throw invalid('text', 'must be left out when `messages` is given', OPERATION);
  const pairs = messages?.map((message, index) => ({
    recipient: checkRecipient(`messages[${index}].recipient`, message?.recipient, OPERATION),
    text: checkText(`messages[${index}].text`, message?.text, OPERATION),
  }));
  return refuseRepeats(pairs ?? oneText(recipients ?? [], text), field);
};

const oneText = (recipients: readonly string[], text: unknown): Pair[] => {
  const checked = checkText('text', text, OPERATION);
  // The text once is enough: it is written once.
  return recipients.map((recipient, index) => ({
    recipient: checkRecipient(`recipients[${index}]`, recipient, OPERATION),
    text: index === 0 ? checked : undefined,
  }));
};

/** The answer tells recipients apart by number alone, so the same number twice would make it ambiguous. */
const refuseRepeats = (pairs: Pair[], field: string): Pair[] => {
  const first = new Map<string, number>();
  pairs.forEach(({ recipient }, index) => {
    const earlier = first.get(recipient);
    if (earlier !== undefined)
      throw invalid(
        `${field}[${index}]`,
        `repeats the number of ${field}[${earlier}]; remove one of the two`,
        OPERATION,
      );
    first.set(recipient, index);
  });
  return pairs;
};

const settingsOf = (input: SendSmsSettings): Record<string, string> => {
  const startAt = checkInstant('startAt', input.startAt, OPERATION);
  const endAt = checkInstant('endAt', input.endAt, OPERATION);
  if (startAt !== undefined && endAt !== undefined && endAt < startAt)
    throw invalid('endAt', 'must not be before `startAt`', OPERATION);
  return {
    start_time: startAt === undefined ? 'AUTO' : toKyivTime(startAt),
    end_time: endAt === undefined ? 'AUTO' : toKyivTime(endAt),
    lifetime: String(checkWholeNumber('lifetimeHours', input.lifetimeHours, LIFETIME_HOURS, OPERATION)),
    rate: String(checkWholeNumber('ratePerMinute', input.ratePerMinute, RATE_PER_MINUTE, OPERATION)),
    desc: checkDescription(input.description, OPERATION),
    source: checkAlphaname('alphaname', input.alphaname, OPERATION),
  };
};

/** Refusals were found before; here only an acceptance with its campaign id counts. */
const read = (root: XmlElement, asked: readonly string[]): SendSmsResult => {
  const states = childrenOf(root, 'state').filter((state) => state.attributes.has('code'));
  const state = states[0];
  if (state === undefined || states.length > 1) throw new UnexpectedAnswer('has no single state with a code');
  const campaignId = attributeOf(state, 'campaignID');
  if (campaignId === undefined || !isId(campaignId)) throw new UnexpectedAnswer('accepts without a campaign id');
  const wanted = new Map(asked.map((recipient) => [recipient, [] as string[]]));
  let unexpectedRecipients = 0;
  for (const to of childrenOf(root, 'to')) {
    const statuses = wanted.get(sameNumber(attributeOf(to, 'recipient') ?? to.text, wanted));
    if (statuses === undefined) unexpectedRecipients += 1;
    else statuses.push(attributeOf(to, 'status') ?? '');
  }
  return {
    campaignId,
    acceptedAt: fromKyivTime(attributeOf(state, 'date')),
    recipients: asked.map((recipient) => recipientResult(recipient, wanted.get(recipient) ?? [])),
    unexpectedRecipients,
  };
};

/** Mentioned twice: acceptance wins, for sending again what was taken is the worse mistake. */
const recipientResult = (recipient: string, statuses: readonly string[]): RecipientResult => {
  const taken = statuses.find((status) => status.toUpperCase() === ACCEPTED);
  return { recipient, status: taken ?? statuses[0] ?? null, accepted: taken !== undefined };
};
