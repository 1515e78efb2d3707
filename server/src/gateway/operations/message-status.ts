import { attributeOf, childrenOf, UnexpectedAnswer } from '../answer';
import type { Operation } from '../call';
import { checkCampaignId, checkRecipient } from '../input';
import { fromKyivTime } from '../kyiv-time';
import { sameNumber } from './numbers';

/** Status of one message; of a long text, the gateway's own summary of its parts. */
export interface MessageStatus {
  readonly campaignId: string;
  readonly recipient: string;
  /** The gateway's word verbatim; see `statusMeaning`. */
  readonly status: string;
  /** When the status last changed, or null when the gateway gave no readable time. */
  readonly changedAt: Date | null;
}

const OPERATION = 'GETMESSAGESTATUS';

/** GETMESSAGESTATUS: one message of a campaign. */
export const getMessageStatus = (campaignId: string, recipient: string): Operation<MessageStatus> => {
  const id = checkCampaignId(campaignId, OPERATION);
  const number = checkRecipient('recipient', recipient, OPERATION);
  const asked = new Set([number]);
  return {
    operation: OPERATION,
    request: {
      name: 'request',
      children: [
        { name: 'operation', text: OPERATION },
        { name: 'message', attributes: { campaignID: id, recipient: number } },
      ],
    },
    read: (root) => {
      // An answer about another campaign or number is the answer to another question.
      const state = childrenOf(root, 'state').find(
        (one) =>
          (attributeOf(one, 'campaignID') ?? id) === id &&
          sameNumber(attributeOf(one, 'recipient') ?? number, asked) === number,
      );
      const status = state === undefined ? undefined : attributeOf(state, 'status');
      if (state === undefined || status === undefined) throw new UnexpectedAnswer('has no status of this message');
      return { campaignId: id, recipient: number, status, changedAt: fromKyivTime(attributeOf(state, 'date')) };
    },
  };
};
