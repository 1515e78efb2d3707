import type { Core } from '@strapi/strapi';
import { decisionsQuery } from '../../../../shared/contracts/decisions';
import { containerOf } from '../container';
import { parseInput, type HttpContext } from '../http';
import { decisionView, paginationOf } from '../views';

/** What rules made of events, and why nothing was sent. */
const decisions = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: HttpContext): Promise<void> {
    const query = parseInput(ctx, decisionsQuery, ctx.query);
    if (!query) return;
    const { page, pageSize, outcome, documentId } = query;
    const found = await containerOf(strapi).ledger.decisions.list(
      { ...(outcome ? { outcome } : {}), ...(documentId ? { documentId } : {}) },
      { page, pageSize },
    );
    ctx.body = {
      results: found.results.map(decisionView),
      pagination: paginationOf({ page, pageSize }, found.total),
    };
  },
});

export default decisions;
