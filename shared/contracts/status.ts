import { z } from 'zod';
import { FAULT_KINDS, PAUSE_REASONS } from '../vocabulary';
import { instant, money } from './common';

/** Why sending waits. */
export const pauseView = z.object({
  scope: z.enum(['account', 'alphaname']),
  alphaname: z.string().nullable(),
  reason: z.enum(PAUSE_REASONS),
  detail: z.string().nullable(),
  /** The person who paused, when a person did. */
  by: z.string().nullable(),
  since: instant,
  nextProbeAt: instant.nullable(),
});
export type PauseView = z.infer<typeof pauseView>;

/** A rule in force. Its event stays open, so that an older panel can show a newer server's rules. */
export const ruleView = z.object({
  key: z.string(),
  name: z.string(),
  uid: z.string(),
  event: z.string(),
  /** For `changed`: the watched field, and from and to which values; null: any. */
  field: z.string().nullable(),
  from: z.array(z.string()).nullable(),
  to: z.array(z.string()).nullable(),
});
export type RuleView = z.infer<typeof ruleView>;

/** Whether the gateway may announce delivery reports at an address of ours. Never carries the address. */
export const pushView = z.object({
  on: z.boolean(),
  /** The address before still works, until the next one is made. */
  previousWorks: z.boolean(),
  /** SVITSMS_PUSH_TOKEN decides: the panel can change nothing. */
  fromEnvironment: z.boolean(),
});
export type PushView = z.infer<typeof pushView>;

/**
 * GET /svitsms/status: who we are at the gateway and whether sending runs. Never carries the password.
 * POST /svitsms/sending/pause, POST /svitsms/sending/resume and DELETE /svitsms/push-token answer with it too.
 */
export const statusResponse = z.object({
  configured: z.boolean(),
  endpoint: z.string(),
  /** The account's login, an office phone number; null when not configured. */
  login: z.string().nullable(),
  alphaname: z.string().nullable(),
  /** Names of the settings still missing, e.g. SVITSMS_LOGIN. */
  missing: z.array(z.string()),
  simulator: z.boolean(),
  pauses: z.array(pauseView),
  waiting: z.object({ queued: z.number().int(), inDoubt: z.number().int(), held: z.number().int() }),
  push: pushView,
  rules: z.array(ruleView),
});
export type StatusResponse = z.infer<typeof statusResponse>;

/** POST /svitsms/push-token: where the gateway may post from now on. It is told this once; only its hash is kept. */
export const pushTokenResponse = z.object({
  /** With the token; the site's origin belongs before it. */
  path: z.string().startsWith('/'),
});
export type PushTokenResponse = z.infer<typeof pushTokenResponse>;

/** POST /svitsms/connection/test: asks for the balance and says exactly what is wrong. */
export const connectionTestResponse = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), balance: money, tookMs: z.number() }),
  z.object({
    ok: z.literal(false),
    fault: z.enum([...FAULT_KINDS, 'not_configured']),
    /** One English sentence naming the fault and the cure. */
    message: z.string(),
    /** The gateway's own upper-case code, if it gave one. */
    code: z.string().nullable(),
  }),
]);
export type ConnectionTestResponse = z.infer<typeof connectionTestResponse>;

/** GET /svitsms/balance */
export const balanceResponse = money.extend({ checkedAt: instant });
export type BalanceResponse = z.infer<typeof balanceResponse>;
