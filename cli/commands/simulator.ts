import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  InputError,
  startSimulator,
  type RequestRecord,
  type SettingsPatch,
  type SimulatorOptions,
} from '../../simulator';
import { type Command, type Environment, UsageError } from '../command';
import { describeOptions, readOptions, type Given, type OptionSpecs } from '../options';

const PREFIX = 'SVITSMS_SIMULATOR_';
const DEFAULT_PORT = 8090;

const OPTIONS = {
  port: { value: 'N', help: 'port to listen on; 8090' },
  host: { value: 'HOST', help: 'address to listen on; 127.0.0.1' },
  control: { help: 'serve the control API and the handset on an address that is not loopback' },
  'data-dir': { value: 'DIR', help: 'keep the campaign id counter here; a folder for temporary files otherwise' },
  log: { value: 'FILE', help: 'append every API request as a line of JSON, with numbers and texts' },
  seed: { value: 'N', help: 'repeat the same chances; 1' },
  login: { value: 'LOGIN', help: 'login of the account; 380000000000' },
  password: { value: 'PASSWORD', help: 'its password; simulator' },
  'any-login': { help: 'let every login in' },
  balance: { value: 'UAH', help: 'money at the start; 10000.000' },
  price: { value: 'UAH', help: 'price of a segment; 0.650' },
  alphaname: { value: 'NAME', help: 'an active sender name, instead of the usual ones', multiple: true },
  'any-alphaname': { help: 'let every sender name pass' },
  speed: { value: 'X', help: 'everything X times faster; 1' },
  'sent-after': { value: 'MS', help: 'until a message is SENT; 1000' },
  'delivered-after': { value: 'MS', help: 'until a message is DELIVERED; 3000' },
  'push-url': { value: 'URL', help: 'post status changes here' },
  'max-messages': { value: 'N', help: 'messages kept in memory; 100000' },
  quiet: { help: 'print nothing for each request' },
} satisfies OptionSpecs<string>;

type Name = keyof typeof OPTIONS;

const USAGE = `Usage: strapi-plugin-svitsms simulator [options]

An SMS-HTTP gateway on your machine, with a virtual handset page. Nothing is ever really sent.

Options, or environment variables in brackets:
${describeOptions(OPTIONS, PREFIX)}
`;

const numberOf = (
  given: Given<Name>,
  name: Name,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined => {
  const text = given.get(name)?.at(-1);
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= least && value <= most)) {
    throw new UsageError(`--${name}: write a number from ${String(least)} to ${String(most)}.`);
  }
  return value;
};

/** An object without the fields that were not given: absent and undefined differ to the simulator. */
const compact = <T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T =>
  // Only fields that are undefined are dropped, so what stays has the types of T.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const settingsOf = (given: Given<Name>): SettingsPatch => {
  const last = (name: Name): string | undefined => given.get(name)?.at(-1);
  const timings = compact<NonNullable<SettingsPatch['timings']>>({
    sentAfterMs: numberOf(given, 'sent-after', 0),
    deliveredAfterMs: numberOf(given, 'delivered-after', 0),
  });
  const pushUrl = last('push-url');
  return compact<SettingsPatch>({
    credentials: given.has('any-login')
      ? null
      : { login: last('login') ?? '380000000000', password: last('password') ?? 'simulator' },
    balance: last('balance'),
    price: last('price'),
    alphanames: given.get('alphaname')?.map((name) => ({ name, status: 'ACTIVE' })),
    acceptAnyAlphaname: given.has('any-alphaname'),
    speed: numberOf(given, 'speed', 0.001, 1_000_000),
    timings,
    push: pushUrl === undefined ? undefined : { url: pushUrl },
  });
};

/** No number, no text: a console is not a place for them. */
const printRequest = ({ time, operation, outcome, accepted, fault, httpStatus }: RequestRecord): void => {
  const count = accepted.length > 0 ? ` ${String(accepted.length)} SMS` : '';
  const trouble = fault === null ? '' : ` [${fault}]`;
  const lost = httpStatus === null ? ' no answer' : '';
  process.stdout.write(`${time.slice(11, 19)}Z ${operation ?? '-'} ${outcome}${count}${trouble}${lost}\n`);
};

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });

/**
 * Some clients read campaign ids into 32 bits, so a program keeps a counter by default, one for each port. On any free port
 * two could share a counter: there the clock must do.
 */
const defaultDataDir = (port: number): string | undefined =>
  port === 0 ? undefined : join(tmpdir(), 'svitsms-simulator', String(port));

const run = async (argv: readonly string[], env: Environment): Promise<number> => {
  const given = readOptions<Name>(OPTIONS, argv, env, PREFIX);
  const last = (name: Name): string | undefined => given.get(name)?.at(-1);
  const port = numberOf(given, 'port', 0, 65_535) ?? DEFAULT_PORT;
  const options = compact<SimulatorOptions>({
    port,
    host: last('host'),
    control: given.has('control') ? true : undefined,
    dataDir: last('data-dir') ?? defaultDataDir(port),
    logFile: last('log'),
    seed: numberOf(given, 'seed', 0),
    maxMessages: numberOf(given, 'max-messages', 1),
    settings: settingsOf(given),
    clock: undefined,
    onRequest: given.has('quiet') ? undefined : printRequest,
  });
  const stopped = untilStopped();
  const simulator = await startSimulator(options).catch((cause: unknown) => {
    if (cause instanceof InputError) throw new UsageError(cause.message);
    throw cause;
  });
  const { credentials } = simulator.control.settings();
  process.stdout.write(
    [
      'SMS-HTTP gateway simulator: nothing is really sent.',
      `  API      ${simulator.apiUrl}`,
      `  Handset  ${simulator.handsetUrl}`,
      `  Control  ${simulator.controlUrl}`,
      `  Login    ${credentials === null ? 'any' : `${credentials.login} / ${credentials.password}`}`,
      '',
    ].join('\n'),
  );
  await stopped;
  await simulator.close();
  return 0;
};

export const simulatorCommand: Command = {
  summary: 'an SMS gateway on your machine, with a virtual handset; nothing is really sent',
  usage: USAGE,
  run,
};
