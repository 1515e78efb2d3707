import type { Core } from '@strapi/strapi';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { takeHints } from '../delivery/operator';
import { campaignsInPush } from './adapters/push';
import { findContainer } from './container';
import { createPushMiddleware } from './push-route';

/** Guesses at the token, and honest pushes, a minute from one address: a campaign of a thousand reports in bursts. */
const BAD_PER_MINUTE = 30;
const GOOD_PER_MINUTE = 600;

const perMinute = (points: number): RateLimiterMemory => new RateLimiterMemory({ points, duration: 60 });

/** Added before Strapi's own middlewares, so that the token of the push address never reaches the access log. */
export const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  const push = createPushMiddleware({
    settings: () => findContainer(strapi)?.ledger.settings ?? null,
    campaignsIn: campaignsInPush,
    hint: async (campaignIds) => {
      const container = findContainer(strapi);
      if (!container) return;
      await takeHints(container, campaignIds);
      container.runner.nudge({ kind: 'poll' });
    },
    limiter: { bad: perMinute(BAD_PER_MINUTE), good: perMinute(GOOD_PER_MINUTE) },
  });
  strapi.server.use((ctx, next) => push(ctx, next));
};
