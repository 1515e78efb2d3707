import { z } from 'zod';

/** GET /svitsms/campaigns/:campaignId */
export const campaignInfoResponse = z.object({
  campaignId: z.string(),
  status: z.string(),
  finished: z.boolean(),
  counts: z.record(z.string(), z.number().int()),
  cost: z.string().optional(),
});
export type CampaignInfoResponse = z.infer<typeof campaignInfoResponse>;

/** GET /svitsms/campaigns/:campaignId/detail */
export const campaignDetailResponse = z.object({
  campaignId: z.string(),
  status: z.string(),
  messages: z.array(
    z.object({
      recipient: z.string(),
      status: z.string(),
      parts: z.array(
        z.object({ part: z.number().int().nullable(), parts: z.number().int().nullable(), status: z.string() }),
      ),
    }),
  ),
});
export type CampaignDetailResponse = z.infer<typeof campaignDetailResponse>;
