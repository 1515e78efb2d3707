import type { Core } from '@strapi/strapi';
import type { PushTokenResponse, StatusResponse } from '../../../../shared/contracts/status';
import type { Container } from '../../compose';
import type { Ledger } from '../../delivery/ports';
import { containerOf } from '../container';
import { userName, type HttpContext } from '../http';
import { PUSH_PREFIX } from '../push-route';
import { dropPushTokens, rotatePushToken } from '../push-tokens';
import { statusOf } from '../status';

/** What the audit log names as the thing that was changed. */
const TARGET = 'push';

const FROM_ENVIRONMENT =
  'SVITSMS_PUSH_TOKEN sets the address for delivery reports. Change or remove it in the environment and restart Strapi.';

/** The address at which the gateway announces delivery reports. */
const push = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** The one answer that holds a token. */
  async create(ctx: HttpContext): Promise<void> {
    const container = containerOf(strapi);
    if (isSetByEnvironment(ctx, container)) return;
    const token = await container.ledger.transaction(async (ledger) => {
      const made = await rotatePushToken(ledger.settings);
      await note(container, ledger, userName(ctx), 'create');
      return made;
    });
    const body: PushTokenResponse = { path: `${PUSH_PREFIX}${token}` };
    ctx.body = body;
  },
  /** Pressed twice, it changes nothing. */
  async remove(ctx: HttpContext): Promise<void> {
    const container = containerOf(strapi);
    if (isSetByEnvironment(ctx, container)) return;
    await container.ledger.transaction(async (ledger) => {
      if (await dropPushTokens(ledger.settings)) await note(container, ledger, userName(ctx), 'remove');
    });
    const body: StatusResponse = await statusOf(container);
    ctx.body = body;
  },
});

/** Answers 409 where the environment decides. */
const isSetByEnvironment = (ctx: HttpContext, { credentials }: Container): boolean => {
  if (credentials.pushToken === null) return false;
  ctx.conflict(FROM_ENVIRONMENT);
  return true;
};

const note = ({ ids, clock }: Container, ledger: Ledger, who: string, what: 'create' | 'remove'): Promise<void> =>
  ledger.audit.insert({
    id: ids.next(),
    at: clock.now(),
    who,
    action: `push.${what}`,
    target: TARGET,
    detail: null,
  });

export default push;
