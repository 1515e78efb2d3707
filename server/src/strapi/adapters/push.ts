import { isGatewayError, parseStatusPush } from '../../gateway';

/** Campaign ids that a raw push names; none when it cannot be read. What else it says is not believed. */
export const campaignsInPush = (body: Buffer): string[] => {
  try {
    return [...new Set(parseStatusPush(body).map(({ campaignId }) => campaignId))];
  } catch (error) {
    if (isGatewayError(error)) return [];
    throw error;
  }
};
