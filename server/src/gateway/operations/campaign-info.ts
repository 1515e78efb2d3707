import { attributeOf, childrenOf, UnexpectedAnswer } from '../answer';
import type { Operation } from '../call';
import { statusMeaning } from '../codes';
import { checkCampaignId } from '../input';
import type { XmlElement } from '../xml/read';
import { campaignElement, campaignRequest, isComplete, readCampaign, type Campaign } from './campaign';

/** General figures of a campaign. */
export interface CampaignInfo extends Campaign {
  /** True when no message of it will change any more. */
  readonly finished: boolean;
  /** How many of what the gateway calls messages stand in each status, by its words; zeros included. */
  readonly counts: Readonly<Record<string, number>>;
  /** Decimal number as text, when the gateway tells it. */
  readonly cost?: string;
}

const OPERATION = 'GETCAMPAIGNINFO';

/** GETCAMPAIGNINFO: how far a campaign has come. */
export const getCampaignInfo = (campaignId: string): Operation<CampaignInfo> => {
  const id = checkCampaignId(campaignId, OPERATION);
  return {
    operation: OPERATION,
    request: campaignRequest(OPERATION, id),
    read: (root) => {
      const element = campaignElement(root, id);
      const campaign = readCampaign(element, id);
      const counts = countsOf(element);
      const cost = attributeOf(element, 'campaignCost');
      return {
        ...campaign,
        finished: isFinished(campaign.status, counts),
        counts: Object.fromEntries(counts),
        ...(cost !== undefined && /^-?\d{1,18}(\.\d{1,18})?$/.test(cost) ? { cost } : {}),
      };
    },
  };
};

const countsOf = (campaign: XmlElement): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const state of childrenOf(campaign, 'state')) {
    const status = attributeOf(state, 'status');
    const messages = attributeOf(state, 'messages') ?? '';
    // A figure that is no figure could make a running campaign look finished.
    if (status === undefined || !/^\d{1,12}$/.test(messages)) throw new UnexpectedAnswer('has an unreadable count');
    counts.set(status, (counts.get(status) ?? 0) + Number(messages));
  }
  return counts;
};

/** Finished: COMPLETE, or some messages are counted and none of them stands in a passing or unknown status. */
const isFinished = (status: string, counts: ReadonlyMap<string, number>): boolean => {
  if (isComplete(status)) return true;
  const counted = [...counts].filter(([, messages]) => messages > 0);
  const passing = (word: string): boolean => ['pending', 'sent', 'unknown'].includes(statusMeaning(word));
  return counted.length > 0 && !counted.some(([word]) => passing(word));
};
