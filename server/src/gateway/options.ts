import { isIPv4 } from 'node:net';
import { invalid } from './errors';
import { DEFAULT_CONNECT_TIMEOUT_MS, DEFAULT_ENDPOINT, DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS } from './limits';
import type { Transport } from './transport';

/** Options of `createGatewayClient`. */
export interface GatewayClientOptions {
  /** Full address of the gateway's interface; `https://svitsms.com/api/api.php` when absent. */
  readonly endpoint?: string | undefined;
  /** Login of the web cabinet: the account's phone number, `380…` without a plus. */
  readonly login: string;
  /** Password of the web cabinet. */
  readonly password: string;
  /** Milliseconds for a whole call, 60 000 when absent. A short one turns sent SMS into SMS of unknown fate. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for reaching the gateway (names, TCP, proxy, TLS), 5 000 when absent. Failing here proves nothing was sent. */
  readonly connectTimeoutMs?: number | undefined;
  /** Permits plain http to other machines: login, password and texts then travel in the open. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** Address of an http or https proxy to tunnel through; its login may stand in the address. */
  readonly proxyUrl?: string | undefined;
  /** Another way to carry requests, mainly for tests. */
  readonly transport?: Transport | undefined;
}

export interface CheckedOptions {
  readonly endpoint: URL;
  readonly login: string;
  readonly password: string;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly proxyUrl: URL | undefined;
}

/** @throws GatewayError of kind `invalid` naming the option, never quoting its value */
export const checkOptions = (options: GatewayClientOptions): CheckedOptions => ({
  endpoint: checkEndpoint(options.endpoint ?? DEFAULT_ENDPOINT, options.allowInsecureHttp ?? false),
  login: checkCredential('login', options.login),
  password: checkCredential('password', options.password),
  timeoutMs: checkMilliseconds('timeoutMs', options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
  connectTimeoutMs: checkMilliseconds('connectTimeoutMs', options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS),
  proxyUrl: options.proxyUrl === undefined ? undefined : parseUrl('proxyUrl', options.proxyUrl),
});

const checkEndpoint = (value: unknown, allowInsecureHttp: boolean): URL => {
  const url = parseUrl('endpoint', value);
  if (url.username !== '' || url.password !== '')
    throw invalid('endpoint', 'must not contain a login or password; give them as `login` and `password`');
  if (url.hash !== '') throw invalid('endpoint', 'must not contain a # part; remove it');
  if (url.protocol === 'http:' && !allowInsecureHttp && !isLoopback(url.hostname))
    throw invalid('endpoint', 'must begin with https:// (plain http shows the password to everyone on the way; set `allowInsecureHttp` to permit it)'); // prettier-ignore
  return url;
};

const parseUrl = (name: string, value: unknown): URL => {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw invalid(name, 'must be a full address that begins with https://');
  return url;
};

/** The machine itself: what is sent there in the open, nobody else sees. URL has normalised the spelling already. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));

const checkCredential = (name: 'login' | 'password', value: unknown): string => {
  if (typeof value !== 'string' || value === '')
    throw invalid(name, `must not be empty; enter the ${name} of the web cabinet`);
  if (/\p{Cc}|\p{Surrogate}/u.test(value)) throw invalid(name, 'must not contain line breaks or control characters');
  if (value.trim() !== value) throw invalid(name, 'must not begin or end with a blank; it was probably copied along');
  // Basic authentication separates the two with the first colon.
  if (name === 'login' && value.includes(':')) throw invalid(name, 'must not contain a colon');
  return value;
};

const checkMilliseconds = (name: string, value: unknown): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MAX_TIMEOUT_MS)
    throw invalid(name, `must be a whole number of milliseconds from 1 to ${MAX_TIMEOUT_MS}`);
  return value;
};
