import type { Core } from '@strapi/strapi';
import type { AlphanameResponse, AlphanameView } from '../../../../shared/contracts/alphanames';
import { checkAlphaname } from '../../domain/alphaname';
import { alphanameView } from '../adapters/alphaname-view';
import { clientOf } from '../adapters/gateway-access';
import { containerOf } from '../container';

/** Sender names of the account. All methods throw GatewayError and NotConfigured. */
const alphanames = ({ strapi }: { strapi: Core.Strapi }) => {
  const view = (found: { alphaname: string; status: string }): AlphanameView =>
    alphanameView(found, containerOf(strapi).credentials.alphaname);
  const withWarnings = (found: { alphaname: string; status: string }): AlphanameResponse => {
    const checked = checkAlphaname(found.alphaname);
    return { ...view(found), warnings: checked.ok ? checked.warnings : [checked.message] };
  };
  return {
    async list(): Promise<AlphanameView[]> {
      return (await clientOf(strapi).listAlphanames()).map(view);
    },
    async check(alphaname: string): Promise<AlphanameResponse> {
      return withWarnings(await clientOf(strapi).checkAlphaname(alphaname));
    },
    /** Asks the gateway's people to register a name: they see every request. */
    async add(alphaname: string): Promise<AlphanameResponse> {
      return withWarnings(await clientOf(strapi).addAlphaname(alphaname));
    },
  };
};

export default alphanames;
