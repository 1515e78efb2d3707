import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { StatusResponse } from '../../../shared/contracts/status';
import type { SettingStore } from '../delivery/ports';

/** Hashes, the newest token first; at most two. */
const TOKENS_KEY = 'push.tokens';
const TURN_KEY = 'push.turn';

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();
const hex = (token: string): string => hash(token).toString('hex');

const readTokens = async (settings: SettingStore): Promise<string[]> => {
  const value = await settings.get(TOKENS_KEY);
  const list: unknown = value ? JSON.parse(value) : [];
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one)) : [];
};

const writeTokens = (settings: SettingStore, hashes: readonly string[]): Promise<void> =>
  settings.put(TOKENS_KEY, JSON.stringify(hashes));

/** Compares hashes of equal length in constant time, with every stored token whatever the first one says. */
export const knowsPushToken = async (settings: SettingStore, token: string): Promise<boolean> => {
  const given = hash(token);
  return (await readTokens(settings)).map((one) => timingSafeEqual(Buffer.from(one, 'hex'), given)).some(Boolean);
};

/** Whether reports may be pushed, and whether the token before still works; never the tokens. */
export const pushTokensInUse = async (
  settings: SettingStore,
): Promise<Pick<StatusResponse['push'], 'on' | 'previousWorks'>> => {
  const [latest, previous] = await readTokens(settings);
  return { on: latest !== undefined, previousWorks: previous !== undefined };
};

/**
 * One change at a time: the first write of a transaction locks this row until its end, so that of two tokens made at once
 * neither loses the other. In PostgreSQL and MySQL the tokens must be read after it.
 */
const takeTurn = (settings: SettingStore): Promise<void> => settings.put(TURN_KEY, '');

/**
 * Makes a new token, shown once; the one before stays valid so that the gateway's setting can be changed without a gap.
 * @param settings those of a transaction, where others may make one at the same time
 */
export const rotatePushToken = async (settings: SettingStore): Promise<string> => {
  await takeTurn(settings);
  const token = randomBytes(32).toString('base64url');
  const [latest] = await readTokens(settings);
  await writeTokens(settings, [hex(token), ...(latest ? [latest] : [])]);
  return token;
};

/** No token is valid any more. @returns false when none was */
export const dropPushTokens = async (settings: SettingStore): Promise<boolean> => {
  await takeTurn(settings);
  if ((await readTokens(settings)).length === 0) return false;
  await writeTokens(settings, []);
  return true;
};

/** For a token that the owner chose (environment), now the newest; idempotent. */
export const ensurePushToken = async (settings: SettingStore, token: string): Promise<void> => {
  const known = await readTokens(settings);
  const hashed = hex(token);
  if (known[0] === hashed) return;
  await writeTokens(settings, [hashed, ...known.filter((one) => one !== hashed).slice(0, 1)]);
};
