import type { Core } from '@strapi/strapi';
import type { CampaignDetailResponse, CampaignInfoResponse } from '../../../../shared/contracts/campaigns';
import { clientOf } from '../adapters/gateway-access';

/** Campaigns as the gateway knows them, by its id. Both methods throw GatewayError and NotConfigured. */
const campaigns = ({ strapi }: { strapi: Core.Strapi }) => ({
  async info(campaignId: string): Promise<CampaignInfoResponse> {
    const { status, finished, counts, cost } = await clientOf(strapi).getCampaignInfo(campaignId);
    return { campaignId, status, finished, counts, ...(cost === undefined ? {} : { cost }) };
  },
  async detail(campaignId: string): Promise<CampaignDetailResponse> {
    const { status, messages } = await clientOf(strapi).getCampaignDetail(campaignId);
    return {
      campaignId,
      status,
      messages: messages.map(({ recipient, status: word, parts }) => ({
        recipient,
        status: word,
        parts: parts.map((one) => ({ part: one.part, parts: one.parts, status: one.status })),
      })),
    };
  },
});

export default campaigns;
