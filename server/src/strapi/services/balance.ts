import type { Core } from '@strapi/strapi';
import type { BalanceResponse } from '../../../../shared/contracts/status';
import { containerOf } from '../container';
import { clientOf } from '../adapters/gateway-access';

/** What is left on the account, asked now. @throws GatewayError, NotConfigured */
const balance = ({ strapi }: { strapi: Core.Strapi }) => ({
  async get(): Promise<BalanceResponse> {
    const { amount, currency } = await clientOf(strapi).getBalance();
    return { amount, currency, checkedAt: new Date(containerOf(strapi).clock.now()).toISOString() };
  },
});

export default balance;
