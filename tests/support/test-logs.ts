import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { RequestRecord } from '../../simulator';

/**
 * Folder for everything that the Strapi instances of the tests log, and for what they sent; `scripts/search-logs.mjs` then
 * looks for the one in the other. Tests are quiet and keep nothing without it.
 */
const FOLDER = process.env['TEST_LOGS'] || null;

/** What the search looks for: one line of JSON each. Simulators append their requests to the same file. */
interface Sent {
  readonly recipient?: string;
  readonly text?: string;
  /** A password or a token; also looked for in base64 behind its login. */
  readonly secret?: string;
  readonly login?: string;
}

let count = 0;

const fileIn = (folder: string, name: string): string => {
  mkdirSync(folder, { recursive: true });
  return path.join(folder, name);
};

const logName = (name: string): string => `${name}-${process.pid}-${Date.now()}-${++count}.log`;

/** For the simulator's `logFile`: it writes down what it accepted. */
export const sentFile = (): string | null => (FOLDER === null ? null : fileIn(FOLDER, 'sent.jsonl'));

export const recordSent = (...all: readonly Sent[]): void => {
  const file = sentFile();
  if (file !== null) appendFileSync(file, all.map((one) => `${JSON.stringify(one)}\n`).join(''));
};

/** What a gateway in this process accepted; for one that does not write by itself. */
export const recordAccepted = (requests: readonly Pick<RequestRecord, 'accepted'>[]): void => {
  recordSent(...requests.flatMap(({ accepted }) => accepted.map(({ recipient, text }) => ({ recipient, text }))));
};

/** What a gateway in another process wrote down, before its file goes. */
export const recordRequestsOf = (logFile: string): void => {
  const file = sentFile();
  if (file !== null && existsSync(logFile)) appendFileSync(file, readFileSync(logFile));
};

/** Login, password and push token of an instance. */
export const recordSecrets = (env: Readonly<Record<string, string | undefined>>): void => {
  const { SVITSMS_LOGIN: login, SVITSMS_PASSWORD: password, SVITSMS_PUSH_TOKEN: token } = env;
  if (password) recordSent({ secret: password, ...(login ? { login } : {}) });
  if (token) recordSent({ secret: token });
};

/** Where the instance in this folder logs to; the same again for a second start, which finds its settings still loaded. */
export const logFileOf = (dir: string): string => {
  const known = files.get(dir);
  if (known) return known;
  const file = FOLDER === null ? path.join(dir, 'strapi.log') : fileIn(FOLDER, logName('strapi'));
  files.set(dir, file);
  return file;
};
const files = new Map<string, string>();

/**
 * Source of `config/logger.js`: errors to the console, everything to the file. Written at once and not through a stream of the
 * system's: lines of a process that is killed must be there too.
 */
export const loggerConfig = (file: string): string => {
  const logger = require.resolve('@strapi/logger', { paths: [require.resolve('@strapi/strapi')] });
  return `const { Writable } = require('node:stream');
const { appendFileSync } = require('node:fs');
const { winston } = require(${JSON.stringify(logger)});
const write = (chunk, _encoding, done) => { appendFileSync(${JSON.stringify(file)}, chunk); done(); };
module.exports = { level: 'debug', transports: [
  new winston.transports.Console({ level: process.env.TEST_LOG_LEVEL || 'error' }),
  new winston.transports.Stream({ stream: new Writable({ write }) }),
] };`;
};

/** Level for an instance that logs to its own output. */
export const LOG_LEVEL = FOLDER === null ? 'warn' : 'debug';

/** Keeps a line that a use case logged without a Strapi around it. */
export const keepLine = (line: string): void => {
  if (FOLDER !== null) appendFileSync(fileIn(FOLDER, `use-cases-${process.pid}.log`), `${line}\n`);
};

/** Keeps what a child process prints. */
export const keepOutput = (name: string, ...streams: readonly (Readable | null)[]): void => {
  if (FOLDER === null) return;
  const file = fileIn(FOLDER, logName(name));
  for (const stream of streams) stream?.on('data', (chunk: Buffer | string) => appendFileSync(file, chunk));
};
