import { getCountries, type CountryCode } from 'libphonenumber-js';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { ruleInput } from '../../../shared/contracts/rules';

/** Hosts of the vendor's platform serve the same protocol; this is the brand the plugin is named after. */
export const DEFAULT_ENDPOINT = 'https://svitsms.com/api/api.php';

const country = z.string().refine((value): value is CountryCode => getCountries().some((known) => known === value), {
  error: 'must be a two-letter country code such as UA',
});

/** What config/plugins may say under `svitsms.config`. Unknown names are refused: a misspelt setting must not be ignored. */
export const configSchema = z.strictObject({
  endpoint: z.string().optional(),
  login: z.string().optional(),
  password: z.string().optional(),
  alphaname: z.string().optional(),
  allowInsecureHttp: z.boolean().optional(),
  timeoutMs: z.number().int().min(1_000).max(300_000).default(60_000),
  defaultCountry: country.default('UA'),
  timeZone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), { error: 'must be a time zone such as Europe/Kyiv' })
    .default('Europe/Kyiv'),
  /** Price of one segment in UAH, for estimates: the protocol offers no tariff. */
  pricePerSegment: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a decimal number in quotes such as "0.65"')
    .optional(),
  sending: z
    .strictObject({
      inFlight: z.number().int().min(1).max(200).default(4),
      requestsPerSecond: z.number().min(0.1).max(10_000).default(10),
      lifetimeHours: z.number().int().min(1).max(24).default(24),
      ratePerMinute: z.number().int().min(1).max(120).default(120),
      bulkSize: z.number().int().min(1).max(1_000).default(100),
      pollIntervalMs: z.number().int().min(50).max(60_000).default(1_000),
      drainMs: z.number().int().min(0).max(120_000).default(10_000),
    })
    .prefault({}),
  /** Where submissions run: in every instance, or on workers over Redis. */
  engine: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('embedded') }),
      z.strictObject({
        kind: z.literal('bullmq'),
        redis: z.string().regex(/^rediss?:\/\//, 'must be an address such as redis://127.0.0.1:6379/0'),
        prefix: z.string().min(1).max(50).default('svitsms'),
      }),
    ])
    .default({ kind: 'embedded' }),
  /** What this process does; SVITSMS_ROLE wins. `web` only records, `worker` only sends. */
  role: z.enum(['all', 'web', 'worker']).default('all'),
  /** Days after which numbers, texts and snapshots of finished messages are erased; null keeps them. */
  retentionDays: z.number().int().min(1).max(3_650).nullable().default(90),
  outbox: z.strictObject({ onError: z.enum(['fail', 'savepoint']).default('fail') }).prefault({}),
  rules: z.array(ruleInput).default([]),
});
export type PluginConfig = z.infer<typeof configSchema>;

/** A setting that stops start-up; the message names it and says how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'SvitsmsConfigError';
}

/** @throws ConfigError naming every bad setting */
export const parseConfig = (input: unknown): PluginConfig => {
  const parsed = configSchema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `svitsms.config.${pathOf(issue.path)}: ${issue.message}`);
  throw new ConfigError(`config/plugins is not right. ${faults.join('; ')}`);
};

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.') || '(the whole object)';

/** What this process does. @throws ConfigError for a word that is not a role */
export const readRole = (
  config: PluginConfig,
  env: Readonly<Record<string, string | undefined>>,
): PluginConfig['role'] => {
  const role = env['SVITSMS_ROLE']?.trim() || config.role;
  if (role === 'all' || role === 'web' || role === 'worker') return role;
  throw new ConfigError('SVITSMS_ROLE must be all, web or worker');
};

/** Login, password, address: the environment wins over config/plugins, so that one build serves staging and shop. */
export interface Credentials {
  readonly endpoint: string;
  readonly login: string | null;
  readonly password: string | null;
  readonly alphaname: string | null;
  readonly allowInsecureHttp: boolean;
  /** The owner says that the endpoint is a simulator; an address alone proves nothing (a tunnel to the real one is local too). */
  readonly simulator: boolean;
  /** Last part of the address for status pushes, when the owner chose it; only the environment may hold it. */
  readonly pushToken: string | null;
  /** Names of the settings that are missing, as the owner writes them. */
  readonly missing: readonly string[];
}

/** @throws ConfigError for a push token that could be guessed or would not survive in an address */
export const readCredentials = (
  config: PluginConfig,
  env: Readonly<Record<string, string | undefined>>,
): Credentials => {
  const pick = (name: string, configured: string | undefined): string | null =>
    env[name]?.trim() || configured?.trim() || null;
  const login = pick('SVITSMS_LOGIN', config.login);
  // A password may begin or end with a blank.
  const password = env['SVITSMS_PASSWORD'] || config.password || null;
  const alphaname = pick('SVITSMS_ALPHANAME', config.alphaname);
  const insecure = env['SVITSMS_ALLOW_INSECURE_HTTP'];
  return {
    endpoint: pick('SVITSMS_ENDPOINT', config.endpoint) ?? DEFAULT_ENDPOINT,
    login,
    password,
    alphaname,
    allowInsecureHttp: insecure ? isYes(insecure) : (config.allowInsecureHttp ?? false),
    simulator: isYes(env['SVITSMS_SIMULATOR'] ?? ''),
    pushToken: readPushToken(env['SVITSMS_PUSH_TOKEN']?.trim() ?? ''),
    missing: [
      ...(login ? [] : ['SVITSMS_LOGIN']),
      ...(password ? [] : ['SVITSMS_PASSWORD']),
      ...(alphaname ? [] : ['SVITSMS_ALPHANAME']),
    ],
  };
};

const isYes = (word: string): boolean => /^(1|true|yes)$/i.test(word.trim());

/** The characters that every sender and proxy leaves as they are. */
const readPushToken = (token: string): string | null => {
  if (token === '' || /^[\w.~-]{16,}$/.test(token)) return token || null;
  throw new ConfigError('SVITSMS_PUSH_TOKEN must be 16 or more letters, digits, hyphens, dots, underscores or tildes');
};
