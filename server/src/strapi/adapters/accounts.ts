import { createHash } from 'node:crypto';
import type { Account, Accounts, Gate } from '../../delivery/ports';
import { createGatewayClient, isGatewayError, type GatewayClient } from '../../gateway';
import type { Credentials } from '../config';
import { createSmsGateway } from './svitsms-gateway';

export interface ConfiguredAccounts extends Accounts {
  /** The wire client for questions that are not sending (alphanames, campaigns); null while not configured. */
  client(): GatewayClient | null;
  /** Why there is no account, as a sentence with the cure; null when there is one. */
  problem(): string | null;
}

/** While the gate is closed there is no account to send through; questions to the gateway may still be asked. */
export const gated = (accounts: ConfiguredAccounts, gate: Gate): ConfiguredAccounts => ({
  current: () => (gate.closed() ? null : accounts.current()),
  client: () => accounts.client(),
  problem: () => accounts.problem(),
});

/** One account, made of the credentials of the environment or config/plugins. */
export const createAccounts = (
  credentials: Credentials,
  options: { timeoutMs: number; proxyUrl: string | undefined },
): ConfiguredAccounts => {
  const { account, client, problem } = build(credentials, options);
  return { current: () => account, client: () => client, problem: () => problem };
};

const build = (
  credentials: Credentials,
  options: { timeoutMs: number; proxyUrl: string | undefined },
): { account: Account | null; client: GatewayClient | null; problem: string | null } => {
  const { endpoint, login, password, missing } = credentials;
  if (!login || !password || missing.length > 0)
    return { account: null, client: null, problem: `Set ${missing.join(', ')} and restart Strapi.` };
  try {
    const client = createGatewayClient({ ...credentials, login, password, ...options });
    const account: Account = {
      key: accountKey(endpoint, login),
      endpoint: client.endpoint,
      login,
      alphaname: credentials.alphaname,
      gateway: createSmsGateway(client),
    };
    return { account, client, problem: null };
  } catch (error) {
    if (!isGatewayError(error)) throw error;
    return { account: null, client: null, problem: error.message };
  }
};

/** Endpoint and login, not the password: a new password is still the same account with the same campaigns. */
const accountKey = (endpoint: string, login: string): string =>
  createHash('sha256').update(`${endpoint}\n${login}`).digest('hex').slice(0, 24);
