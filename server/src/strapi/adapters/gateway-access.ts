import type { Core } from '@strapi/strapi';
import type { GatewayClient } from '../../gateway';
import { containerOf } from '../container';

/** No account: the message says which settings are missing. */
export class NotConfigured extends Error {
  override readonly name = 'NotConfigured';
}

/** The wire client of the configured account, for questions that are not sending. @throws NotConfigured */
export const clientOf = (strapi: Core.Strapi): GatewayClient => {
  const { accounts } = containerOf(strapi);
  const client = accounts.client();
  if (!client) throw new NotConfigured(accounts.problem() ?? 'SMS is not set up.');
  return client;
};
