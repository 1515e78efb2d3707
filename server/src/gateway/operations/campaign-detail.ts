import { attributeOf, childrenOf } from '../answer';
import type { Operation } from '../call';
import { statusMeaning } from '../codes';
import { checkCampaignId } from '../input';
import { fromKyivTime } from '../kyiv-time';
import type { XmlElement } from '../xml/read';
import { campaignElement, campaignRequest, isComplete, readCampaign, type Campaign } from './campaign';
import { sameNumber } from './numbers';

/** One billable part of a long text, as the gateway lists it. */
export interface MessagePart {
  /** Number of this part from 1, and how many there are; null when the gateway gave no whole number. */
  readonly part: number | null;
  readonly parts: number | null;
  readonly status: string;
}

/** All parts of one number in a campaign. */
export interface CampaignMessage {
  readonly recipient: string;
  /** One of the gateway's words for the whole message, see `statusOfParts`; empty when it gave none. */
  readonly status: string;
  readonly parts: readonly MessagePart[];
  /** When the newest part last changed, or null. */
  readonly changedAt: Date | null;
}

export interface CampaignDetail extends Campaign {
  readonly messages: readonly CampaignMessage[];
}

const OPERATION = 'GETCAMPAIGNDETAIL';

/** GETCAMPAIGNDETAIL: every message of a campaign. */
export const getCampaignDetail = (campaignId: string): Operation<CampaignDetail> => {
  const id = checkCampaignId(campaignId, OPERATION);
  return {
    operation: OPERATION,
    request: campaignRequest(OPERATION, id),
    read: (root) => {
      const element = campaignElement(root, id);
      return { ...readCampaign(element, id), messages: messagesOf(element) };
    },
  };
};

/** Messages of a `campaign` element, parts brought together by number, in the order of first mention. */
export const messagesOf = (campaign: XmlElement): CampaignMessage[] => {
  const complete = isComplete(attributeOf(campaign, 'status') ?? '');
  const byNumber = new Map<string, XmlElement[]>();
  for (const message of childrenOf(campaign, 'message')) {
    // `phone` here, `recipient` elsewhere on this wire.
    const number = attributeOf(message, 'phone') ?? attributeOf(message, 'recipient');
    if (number === undefined) continue;
    const recipient = sameNumber(number, byNumber);
    byNumber.set(recipient, [...(byNumber.get(recipient) ?? []), message]);
  }
  return [...byNumber].map(([recipient, elements]) => {
    const parts = elements.map(partOf);
    return { recipient, status: statusOfParts(parts, complete), parts, changedAt: newest(elements) };
  });
};

const partOf = (element: XmlElement): MessagePart => ({
  part: wholeNumber(attributeOf(element, 'part')),
  parts: wholeNumber(attributeOf(element, 'parts')),
  status: attributeOf(element, 'status') ?? '',
});

const wholeNumber = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;

const newest = (elements: readonly XmlElement[]): Date | null => {
  const times = elements.flatMap((element) => fromKyivTime(attributeOf(element, 'modifyDateTime'))?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times));
};

/** Failures from the most to the least telling, then what may still change from the least to the most advanced. */
const FAILURES = ['ALFANAMELIMITED', 'UNDELIV', 'ERROR', 'STOPED', 'USERSTOPED', 'EXPIRED'];
const PASSING = ['NEW', 'PENDING', 'ACCEPTED', 'STOPFLAG', 'SENT'];

/**
 * Status of a message from its parts: one failed part fails it, for a text with a hole was not delivered; it is
 * delivered only when every part is; otherwise it has the least advanced status of its parts, an unknown word first,
 * because unknown words are never final. A part that is announced but not listed counts as SENT until the campaign is
 * complete; after that nothing more will be listed, and the parts there are decide.
 */
export const statusOfParts = (parts: readonly MessagePart[], campaignComplete: boolean): string => {
  const words = parts.map(({ status }) => status);
  const failure = FAILURES.find((word) => words.some((status) => status.toUpperCase() === word));
  if (failure !== undefined) return failure;
  const unknown = words.find((status) => statusMeaning(status) === 'unknown');
  if (unknown !== undefined) return unknown;
  const passing = PASSING.find((word) => words.some((status) => status.toUpperCase() === word));
  if (passing !== undefined) return passing;
  const announced = Math.max(...parts.map((part) => part.parts ?? 1));
  const listed = new Set(parts.map((part, index) => part.part ?? index + 1)).size;
  return listed < announced && !campaignComplete ? 'SENT' : (words[0] ?? '');
};
