import { attempt, attributeOf, childrenOf, unreadable, type AnswerContext } from '../answer';
import { decodeBody } from '../decode';
import { isId } from '../input';
import { fromKyivTime } from '../kyiv-time';
import { MAX_PUSH_BYTES } from '../limits';
import { readXml, type XmlElement } from '../xml/read';
import { messagesOf } from './campaign-detail';
import type { MessageStatus } from './message-status';
import { sameNumber } from './numbers';

const CONTEXT: AnswerContext = { operation: 'STATUSPUSH', secrets: [] };
const NOBODY: ReadonlySet<string> = new Set();

/**
 * Statuses the gateway reports by itself. Nothing proves who sent them, so they are only hints that something changed:
 * ask `getMessageStatus` before believing one. Every complete `state` under any root counts, and so does a body shaped
 * like a campaign detail; what is incomplete is skipped, repetitions and order mean nothing.
 *
 * @param body the raw body of the POST
 * @throws GatewayError of kind `unreadable` when the body is too large or not a document
 */
export const parseStatusPush = (body: Buffer | string): MessageStatus[] => {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  if (bytes.length > MAX_PUSH_BYTES) throw unreadable(CONTEXT, `the body has more than ${MAX_PUSH_BYTES} bytes`);
  return collect(attempt(() => readXml(decodeBody(bytes)), CONTEXT));
};

const collect = (element: XmlElement): MessageStatus[] => {
  const own = element.name === 'state' ? single(element) : element.name === 'campaign' ? detail(element) : [];
  return [...own, ...element.children.flatMap(collect)];
};

const single = (state: XmlElement): MessageStatus[] =>
  report(
    attributeOf(state, 'campaignID'),
    attributeOf(state, 'recipient') ?? attributeOf(state, 'phone'),
    attributeOf(state, 'status'),
    fromKyivTime(attributeOf(state, 'date')),
  );

const detail = (campaign: XmlElement): MessageStatus[] =>
  childrenOf(campaign, 'message').length === 0
    ? []
    : messagesOf(campaign).flatMap((message) =>
        report(attributeOf(campaign, 'campaignID'), message.recipient, message.status, message.changedAt),
      );

const report = (
  campaignId: string | undefined,
  number: string | undefined,
  status: string | undefined,
  changedAt: Date | null,
): MessageStatus[] => {
  const recipient = sameNumber(number ?? '', NOBODY);
  const complete = campaignId !== undefined && isId(campaignId) && /^\d{9,15}$/.test(recipient) && status !== undefined;
  return complete && status !== '' ? [{ campaignId, recipient, status, changedAt }] : [];
};
