import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator';
import type { Message } from '../../server/src/domain/message';
import { eventually } from './eventually';
import { bootStrapi, type Booted, type BootOptions } from './strapi';
import { recordAccepted, sentFile } from './test-logs';

/** The password is no word of any log line. */
export const CREDENTIALS = { login: '380000000000', password: 'Pass-of-the-test-gateway-1' } as const;

/** Everything fast, so that a test sees a whole life of a message within a second. */
const QUICK: SimulatorOptions = {
  settings: { credentials: CREDENTIALS, timings: { sentAfterMs: 10, deliveredAfterMs: 20 } },
};

export const RULES = [
  {
    key: 'order-placed',
    uid: 'api::order.order',
    event: 'created',
    to: 'customerPhone',
    text: 'Дякуємо, {{ customerName }}! Замовлення {{ number }} прийнято.',
  },
  {
    key: 'order-paid',
    uid: 'api::order.order',
    event: 'changed',
    field: 'state',
    toValues: ['paid'],
    to: 'customerPhone',
    text: 'Замовлення {{ number }} оплачено.',
  },
  {
    key: 'article-published',
    uid: 'api::article.article',
    event: 'published',
    to: 'authorPhone',
    text: 'Опубліковано: {{ title }}',
  },
] as const;

export interface Shop extends Booted {
  readonly simulator: Simulator;
  order(fields?: Record<string, unknown>): Promise<string>;
  messages(): Promise<readonly Message[]>;
  /** Waits until all messages are in one of the states and there are `count` of them. */
  settled(count: number, ...states: readonly Message['state'][]): Promise<readonly Message[]>;
  /** Every intent is decided and nothing is on its way. */
  quiet(): Promise<void>;
}

export const credentialsOf = (simulator: Simulator): Record<string, string> => {
  const { credentials, alphanames } = simulator.control.settings();
  return {
    SVITSMS_ENDPOINT: simulator.apiUrl,
    SVITSMS_LOGIN: credentials?.login ?? '380000000000',
    SVITSMS_PASSWORD: credentials?.password ?? 'any',
    SVITSMS_ALPHANAME: alphanames.find(({ status }) => status === 'ACTIVE')?.name ?? 'SMS',
  };
};

/** A real Strapi shop with the plugin, and a gateway simulator in the same process. */
export const openShop = async (
  options: BootOptions & { simulator?: Simulator; simulatorOptions?: SimulatorOptions } = {},
): Promise<Shop> => {
  const simulator =
    options.simulator ?? (await startSimulator({ ...QUICK, logFile: sentFile(), ...options.simulatorOptions }));
  const booted = await bootStrapi({
    ...options,
    plugin: { rules: RULES, sending: { pollIntervalMs: 50, requestsPerSecond: 1000 }, ...options.plugin },
    env: { ...credentialsOf(simulator), ...options.env },
  });
  const { ledger } = booted.container;
  const messages = async (): Promise<readonly Message[]> =>
    (await ledger.messages.list({}, { page: 1, pageSize: 100 })).results;
  return {
    ...booted,
    simulator,
    messages,
    order: async (fields = {}) => {
      const order = await booted.strapi.documents('api::order.order' as never).create({
        // The test shop's types are written at run time; Strapi's generated types do not know them.
        data: { number: 'A-1', customerName: 'Олена', customerPhone: '067 123 45 67', total: 100, ...fields } as never,
      });
      return order.documentId;
    },
    settled: (count, ...states) =>
      eventually(messages, (rows) => rows.length === count && rows.every(({ state }) => states.includes(state))),
    quiet: async () => {
      await eventually(
        async () => [
          await ledger.intents.nextDueAt(),
          (await messages()).filter(({ state }) => ['queued', 'claimed', 'sending'].includes(state)).length,
        ],
        ([pending, moving]) => pending === null && moving === 0,
      );
    },
    stop: async () => {
      await booted.stop();
      if (options.simulator) recordAccepted(simulator.log());
    },
    close: async () => {
      await booted.close();
      if (options.simulator) recordAccepted(simulator.log());
      await simulator.close();
    },
  };
};
