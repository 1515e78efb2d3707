import { GatewayError, parseStatusPush, type GatewayClient, type SendSmsInput } from '../../../server/src/gateway';
import { NUMBER, OTHER_NUMBER } from './answers';
import { answeredWith } from './clients';
import { mutant, randomOf } from './mutations';

/** Reads an answer; what it throws is judged. */
export type Reader = (body: Buffer, status: number) => unknown;

export interface FuzzReport {
  readonly runs: number;
  /** How many readings ended well, and how many in each kind of GatewayError. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  /** What must not happen, each with the body that does it, in base64. */
  readonly findings: readonly { readonly reader: string; readonly what: string; readonly body: string }[];
}

const SMS: SendSmsInput = { alphaname: 'MyShop', text: 'Готово', recipients: [NUMBER, OTHER_NUMBER] };

const CALLS: Readonly<Record<string, (client: GatewayClient) => Promise<unknown>>> = {
  sendSms: (client) => client.sendSms(SMS),
  getBalance: (client) => client.getBalance(),
  getMessageStatus: (client) => client.getMessageStatus('3917349', NUMBER),
  getCampaignInfo: (client) => client.getCampaignInfo('3917349'),
  getCampaignDetail: (client) => client.getCampaignDetail('3917349'),
  listAlphanames: (client) => client.listAlphanames(),
  checkAlphaname: (client) => client.checkAlphaname('MyShop'),
  addAlphaname: (client) => client.addAlphaname('MyShop'),
};

/** Every way by which bytes from outside get into the client. */
export const READERS: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(
    Object.entries(CALLS).map(([name, call]): [string, Reader] => [
      name,
      (body, status) => call(answeredWith(body, status).client),
    ]),
  ),
  parseStatusPush: (body) => parseStatusPush(body),
};

/** Milliseconds a reader may take for every 64 KB begun. */
const LIMIT_MS = 50;
const limitFor = (body: Buffer): number => LIMIT_MS * Math.max(1, Math.ceil(body.length / 65_536));

const STATUSES = [200, 200, 200, 200, 200, 200, 200, 204, 302, 403, 500];
/** Thousands of bodies with the same flaw say no more than a few. */
const MAX_FINDINGS = 10;
const PROTOTYPES = [
  Object,
  Array,
  Map,
  Set,
  String,
  Number,
  Boolean,
  RegExp,
  Date,
  Promise,
  Function,
  Error,
  Buffer,
].map(({ prototype }): object => prototype);

const photograph = (): unknown[] =>
  PROTOTYPES.flatMap((prototype) =>
    Reflect.ownKeys(prototype).flatMap((key) => {
      const { value, get, set } = Object.getOwnPropertyDescriptor(prototype, key) ?? {};
      return [prototype, key, value, get, set];
    }),
  );

const sameAs = (before: readonly unknown[], now: readonly unknown[]): boolean =>
  before.length === now.length && before.every((thing, index) => Object.is(thing, now[index]));

/** How often prototypes are compared whole; keys that a `for in` meets are looked for after every body. */
const COMPARE_EVERY = 1_000;

const inheritedKey = (): string | null => {
  for (const key in {}) return key;
  return null;
};

/** Gives mutated answers to readers: nothing but a GatewayError may be thrown, no body takes long, no prototype changes. */
export const fuzz = async (
  { runs, seed }: { readonly runs: number; readonly seed: number },
  readers: Readonly<Record<string, Reader>> = READERS,
): Promise<FuzzReport> => {
  const below = randomOf(seed);
  const before = photograph();
  const outcomes: Record<string, number> = {};
  const findings: FuzzReport['findings'][number][] = [];
  let slowestMs = 0;
  // Processor time, for a busy machine can stop any program longer than the limit; the clock of the wall is cheaper to read.
  const processorMs = async (read: Reader, body: Buffer, status: number): Promise<number> => {
    const before = process.cpuUsage();
    await outcomeOf(() => read(body, status));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  let done = 0;
  for (; done < runs && findings.length < MAX_FINDINGS; done += 1) {
    const body = mutant(below);
    const status = STATUSES[below(STATUSES.length)] ?? 200;
    const report = (reader: string, what: string): void => {
      findings.push({ reader, what: `${what} (run ${done}, status ${status})`, body: body.toString('base64') });
    };
    for (const [name, read] of Object.entries(readers)) {
      const started = performance.now();
      const outcome = await outcomeOf(() => read(body, status));
      let ms = performance.now() - started;
      for (let again = 0; again < 3 && ms > limitFor(body); again += 1) ms = await processorMs(read, body, status);
      slowestMs = Math.max(slowestMs, ms);
      if (ms > limitFor(body)) report(name, `took ${Math.round(ms)} ms for ${body.length} bytes`);
      if (outcome.startsWith('!')) report(name, `threw ${outcome.slice(1)}`);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    const key = inheritedKey();
    if (key !== null) report('any', `every object inherits "${key}"`);
    if ((done + 1) % COMPARE_EVERY === 0 && !sameAs(before, photograph())) report('any', 'a prototype changed');
  }
  if (!sameAs(before, photograph())) findings.push({ reader: 'any', what: 'a prototype changed', body: '' });
  return { runs: done, outcomes, slowestMs, findings };
};

const outcomeOf = async (read: () => unknown): Promise<string> => {
  try {
    await read();
    return 'read';
  } catch (error) {
    return error instanceof GatewayError ? error.kind : `!${error instanceof Error ? error.name : typeof error}`;
  }
};
