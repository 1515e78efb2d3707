import type { Core } from '@strapi/strapi';
import { estimateInput, sendManyInput, type BatchResponse } from '../../../../shared/contracts/messages';
import type { StatusResponse } from '../../../../shared/contracts/status';
import { estimate } from '../../delivery/estimate';
import { pauseAll, resumeAll } from '../../delivery/pause-all';
import { containerOf } from '../container';
import { batchState } from '../../domain/batch';
import { iso, parseInput, userName, type HttpContext } from '../http';
import { getService } from '../services';
import { statusOf } from '../status';

const sending = ({ strapi }: { strapi: Core.Strapi }) => ({
  async sendMany(ctx: HttpContext): Promise<void> {
    const input = parseInput(ctx, sendManyInput, ctx.request.body);
    if (!input) return;
    try {
      ctx.body = await getService(strapi, 'sms').sendMany(input, { origin: 'panel', name: userName(ctx) });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      ctx.badRequest(error.message);
    }
  },
  /** How far a batch is; its state follows from its messages, so it cannot disagree with them. */
  async batch(ctx: HttpContext): Promise<void> {
    const { ledger } = containerOf(strapi);
    const batch = await ledger.batches.get(ctx.params['id'] ?? '');
    if (!batch) {
      ctx.notFound('There is no such batch.');
      return;
    }
    const counts = await ledger.messages.countByState({ batchId: batch.id });
    const body: BatchResponse = {
      id: batch.id,
      name: batch.name,
      total: batch.total,
      state: batchState(counts),
      counts: { ...counts },
      createdAt: iso(batch.createdAt),
    };
    ctx.body = body;
  },
  /** A person stops everything. Pressed twice, the first one stays named. */
  async pause(ctx: HttpContext): Promise<void> {
    const container = containerOf(strapi);
    await pauseAll(container, userName(ctx));
    const body: StatusResponse = await statusOf(container);
    ctx.body = body;
  },
  async resume(ctx: HttpContext): Promise<void> {
    const container = containerOf(strapi);
    if (await resumeAll(container, userName(ctx))) container.runner.nudge({ kind: 'plan' });
    const body: StatusResponse = await statusOf(container);
    ctx.body = body;
  },
  estimate(ctx: HttpContext): void {
    const input = parseInput(ctx, estimateInput, ctx.request.body);
    if (input) ctx.body = estimate(input, containerOf(strapi).sending);
  },
});

export default sending;
