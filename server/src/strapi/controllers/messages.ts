import type { Core } from '@strapi/strapi';
import { messagesQuery, resolveInput, sendInput } from '../../../../shared/contracts/messages';
import { permissionUid } from '../../../../shared/vocabulary';
import { cancelMessage, checkNow, releaseMessage, type Operated } from '../../delivery/operator';
import { resolveInDoubt } from '../../delivery/resolve-in-doubt';
import type { MessageId } from '../../domain/brands';
import { containerOf } from '../container';
import { parseInput, userName, type HttpContext } from '../http';
import { getService } from '../services';
import { messageView, paginationOf, submissionView } from '../views';

const maskedFor = (ctx: HttpContext): boolean => !ctx.state.userAbility?.can(permissionUid('messages.read-text'));
/** From the address; an id that does not exist is simply not found. */
const idOf = (ctx: HttpContext): MessageId => (ctx.params['id'] ?? '') as MessageId;

/** Without leave to see numbers nobody may find out one by searching for its digits: such a search finds nothing. */
const asksForNumber = (search: string): boolean => /^[+\d\s()-]+$/.test(search);

const UNKNOWN = 'There is no such message.';

const messages = ({ strapi }: { strapi: Core.Strapi }) => {
  /** Answers with the message as the operation left it, 409 when it was too late for it, 404 when there is none. */
  const operate = async (ctx: HttpContext, operation: (id: MessageId) => Promise<Operated>): Promise<void> => {
    const id = idOf(ctx);
    if (!(await containerOf(strapi).ledger.messages.get(id))) {
      ctx.notFound(UNKNOWN);
      return;
    }
    const done = await operation(id);
    if (!done.ok) {
      ctx.conflict(done.message);
      return;
    }
    await one(ctx);
  };
  const one = async (ctx: HttpContext): Promise<void> => {
    const { ledger } = containerOf(strapi);
    const message = await ledger.messages.get(idOf(ctx));
    if (!message) {
      ctx.notFound(UNKNOWN);
      return;
    }
    const submission = message.submissionId ? await ledger.submissions.get(message.submissionId) : null;
    ctx.body = {
      ...messageView(message, maskedFor(ctx)),
      submission: submission ? submissionView(submission) : null,
    };
  };
  return {
    async find(ctx: HttpContext): Promise<void> {
      const query = parseInput(ctx, messagesQuery, ctx.query);
      if (!query) return;
      const { page, pageSize, ...filter } = query;
      const masked = maskedFor(ctx);
      const search = filter.search || undefined;
      if (masked && search && asksForNumber(search)) {
        ctx.body = { results: [], pagination: paginationOf({ page, pageSize }, 0) };
        return;
      }
      const found = await containerOf(strapi).ledger.messages.list(withoutAbsent({ ...filter, search }), {
        page,
        pageSize,
      });
      ctx.body = {
        results: found.results.map((message) => messageView(message, masked)),
        pagination: paginationOf({ page, pageSize }, found.total),
      };
    },
    findOne: one,
    async send(ctx: HttpContext): Promise<void> {
      const input = parseInput(ctx, sendInput, ctx.request.body);
      if (!input) return;
      ctx.body = await getService(strapi, 'sms').send(input, { origin: 'panel', name: userName(ctx) });
    },
    async cancel(ctx: HttpContext): Promise<void> {
      const container = containerOf(strapi);
      await operate(ctx, (id) => cancelMessage(container, id));
    },
    async release(ctx: HttpContext): Promise<void> {
      const container = containerOf(strapi);
      await operate(ctx, (id) => releaseMessage(container, id));
      container.runner.nudge({ kind: 'plan' });
    },
    async check(ctx: HttpContext): Promise<void> {
      const container = containerOf(strapi);
      await operate(ctx, (id) => checkNow(container, id));
    },
    async resolve(ctx: HttpContext): Promise<void> {
      const input = parseInput(ctx, resolveInput, ctx.request.body);
      if (!input) return;
      const container = containerOf(strapi);
      await operate(ctx, (id) => resolveInDoubt(container, id, input, userName(ctx)));
      container.runner.nudge({ kind: 'plan' });
    },
  };
};

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Absent filters are left out, as the store wants them. */
const withoutAbsent = <T extends object>(filter: T): Present<T> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Present<T>; // only undefined was removed

export default messages;
