import type { Core } from '@strapi/strapi';
import { alphanameInput } from '../../../../shared/contracts/alphanames';
import type { ConnectionTestResponse, StatusResponse } from '../../../../shared/contracts/status';
import { probeSoon } from '../../delivery/pauses';
import { gatewayFault } from '../adapters/gateway-fault';
import { containerOf } from '../container';
import { parseInput, userName, type HttpContext } from '../http';
import { getService } from '../services';
import { statusOf } from '../status';

/** The gateway's word for a campaign it does not have. */
const UNKNOWN_CAMPAIGN = 'CAMPAIGNERROR';

/** Connection, balance, sender names, campaigns: questions to the gateway and to ourselves. */
const account = ({ strapi }: { strapi: Core.Strapi }) => {
  /** A fault of the gateway is an answer in words, not a crash of the panel. */
  const ask = async (ctx: HttpContext, question: () => Promise<unknown>): Promise<void> => {
    try {
      ctx.body = await question();
    } catch (error) {
      const fault = gatewayFault(error);
      if (!fault) throw error;
      if (fault.code === UNKNOWN_CAMPAIGN) ctx.notFound(fault.message);
      else ctx.badRequest(fault.message, { fault: fault.fault, code: fault.code });
    }
  };
  return {
    async status(ctx: HttpContext): Promise<void> {
      const body: StatusResponse = await statusOf(containerOf(strapi));
      ctx.body = body;
    },
    async test(ctx: HttpContext): Promise<void> {
      const container = containerOf(strapi);
      const began = container.clock.now();
      let body: ConnectionTestResponse;
      try {
        const { amount, currency } = await getService(strapi, 'balance').get();
        body = { ok: true, balance: { amount, currency }, tookMs: container.clock.now() - began };
        const current = container.accounts.current();
        // What works now may leave now.
        if (current) await probeSoon(container, current.key);
      } catch (error) {
        const fault = gatewayFault(error);
        if (!fault) throw error;
        body = { ok: false, ...fault };
      }
      ctx.body = body;
    },
    /** A person says that this copy of the database may send. */
    async confirmSite(ctx: HttpContext): Promise<void> {
      const container = containerOf(strapi);
      await container.site.confirm();
      await container.ledger.audit.insert({
        id: container.ids.next(),
        at: container.clock.now(),
        who: userName(ctx),
        action: 'site.confirm',
        target: 'site',
        detail: null,
      });
      container.runner.nudge({ kind: 'plan' });
      ctx.body = await statusOf(container);
    },
    balance: (ctx: HttpContext) => ask(ctx, () => getService(strapi, 'balance').get()),
    alphanames: (ctx: HttpContext) =>
      ask(ctx, async () => ({ results: await getService(strapi, 'alphanames').list() })),
    async checkAlphaname(ctx: HttpContext): Promise<void> {
      const input = parseInput(ctx, alphanameInput, ctx.query);
      if (input) await ask(ctx, () => getService(strapi, 'alphanames').check(input.alphaname));
    },
    async addAlphaname(ctx: HttpContext): Promise<void> {
      const input = parseInput(ctx, alphanameInput, ctx.request.body);
      if (input) await ask(ctx, () => getService(strapi, 'alphanames').add(input.alphaname));
    },
    campaign: (ctx: HttpContext) =>
      ask(ctx, () => getService(strapi, 'campaigns').info(ctx.params['campaignId'] ?? '')),
    campaignDetail: (ctx: HttpContext) =>
      ask(ctx, () => getService(strapi, 'campaigns').detail(ctx.params['campaignId'] ?? '')),
  };
};

export default account;
