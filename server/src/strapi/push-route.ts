import type { Readable } from 'node:stream';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { SettingStore } from '../delivery/ports';
import { knowsPushToken } from './push-tokens';

/** Where the gateway posts delivery reports. */
export const PUSH_PREFIX = '/api/svitsms/push/';
/** Every address that was meant to be ours, also one put together with a slash too many: its token stays out of the log too. */
const MEANT = /^\/+api\/+svitsms\/+push(?:\/+|$)/i;
/** A push is a few hundred bytes; a campaign's worth fits in this. */
const MAX_BYTES = 64 * 1024;
/** A sender that trickles must not hold a socket. */
const READ_MS = 5_000;

export interface PushDeps {
  readonly settings: () => SettingStore | null;
  /** Reads campaign ids out of a raw body; empty when it is not a push. */
  readonly campaignsIn: (body: Buffer) => string[];
  readonly hint: (campaignIds: readonly string[]) => Promise<unknown>;
  readonly limiter: { readonly bad: RateLimiterMemory; readonly good: RateLimiterMemory };
}

interface PushContext {
  method: string;
  path: string;
  url: string;
  ip: string;
  status: number;
  body: unknown;
  req: Readable;
}

const spend = async (limiter: RateLimiterMemory, key: string): Promise<boolean> =>
  limiter.consume(key).then(
    () => true,
    () => false,
  );

/**
 * Receives status pushes before Strapi's logger and body parser, so that the token stays out of the log and any content type
 * is read raw. A push proves nothing: it only brings a question to the gateway forward. Wrong token, other method or no
 * token set up: 404, like any address that does not exist.
 */
export const createPushMiddleware =
  (deps: PushDeps) =>
  async (ctx: PushContext, next: () => Promise<unknown>): Promise<void> => {
    const [meant] = MEANT.exec(ctx.path) ?? [];
    if (meant === undefined) {
      await next();
      return;
    }
    const token = ctx.path.slice(meant.length);
    ctx.url = PUSH_PREFIX;
    ctx.status = 404;
    ctx.body = 'Not found';
    const settings = deps.settings();
    const known = ctx.method === 'POST' && settings !== null && (await knowsPushToken(settings, token));
    if (!(await spend(known ? deps.limiter.good : deps.limiter.bad, ctx.ip))) {
      ctx.status = 429;
      ctx.body = 'Too many requests';
      return;
    }
    if (!known) return;
    const body = await readRaw(ctx.req);
    if (!body) {
      ctx.status = 413;
      ctx.body = 'Too large or too slow';
      return;
    }
    await deps.hint(deps.campaignsIn(body));
    ctx.status = 200;
    ctx.body = 'OK';
  };

/** null when the body is larger than allowed or does not arrive in time. */
const readRaw = async (stream: Readable): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => stream.destroy(new Error('too slow')), READ_MS);
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > MAX_BYTES) return null;
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } catch {
    // The sender went away or was too slow: there is nothing to answer from.
    return null;
  } finally {
    clearTimeout(timer);
  }
};
