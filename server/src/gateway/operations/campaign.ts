import { attributeOf, childrenOf, UnexpectedAnswer } from '../answer';
import type { GatewayOperation } from '../errors';
import { fromKyivTime } from '../kyiv-time';
import type { XmlElement } from '../xml/read';
import type { XmlNode } from '../xml/write';

/** What both questions about a campaign answer. */
export interface Campaign {
  readonly campaignId: string;
  /** The gateway's word verbatim (`COMPLETE`, `PENDING`, `INPROGRESS`, `WORKING`, …); empty when it gave none. */
  readonly status: string;
  readonly createdAt: Date | null;
  readonly startedAt: Date | null;
}

export const campaignRequest = (operation: GatewayOperation, campaignId: string): XmlNode => ({
  name: 'request',
  children: [
    { name: 'operation', text: operation },
    { name: 'message', attributes: { campaignID: campaignId } },
  ],
});

/** The `campaign` element of the campaign that was asked for. */
export const campaignElement = (root: XmlElement, campaignId: string): XmlElement => {
  const found = childrenOf(root, 'campaign').find(
    (campaign) => (attributeOf(campaign, 'campaignID') ?? campaignId) === campaignId,
  );
  if (found === undefined) throw new UnexpectedAnswer('does not speak of this campaign');
  return found;
};

export const readCampaign = (element: XmlElement, campaignId: string): Campaign => ({
  campaignId,
  status: attributeOf(element, 'status') ?? '',
  createdAt: fromKyivTime(attributeOf(element, 'createDateTime')),
  startedAt: fromKyivTime(attributeOf(element, 'startDateTime')),
});

/** The only status known to mean that a campaign is over. */
export const isComplete = (status: string): boolean => status.toUpperCase() === 'COMPLETE';
