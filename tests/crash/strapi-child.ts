import { bootStrapi } from '../support/strapi';
import { RULES } from '../support/shop';
import { phoneOf } from './support/child-config';
import { seededRandom } from './support/random';
import { STRAPI_IN_FLIGHT, type StrapiChildConfig } from './support/strapi-run';

/** Longest pause between two orders. Milliseconds. */
const ORDER_PAUSE_MS = 20;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const run = async (): Promise<void> => {
  const config = JSON.parse(process.argv[2] ?? '{}') as StrapiChildConfig; // written by the harness
  const real = Date.now;
  // A clock that is ahead: leases of dead processes end at once, and the plugin must bear it.
  if (config.clockOffsetMs !== 0) Date.now = () => real() + config.clockOffsetMs;
  const { strapi } = await bootStrapi({
    dir: config.dir,
    ...(config.connection ? { connection: config.connection } : {}),
    env: {
      SVITSMS_ENDPOINT: config.endpoint,
      SVITSMS_LOGIN: '380000000000',
      SVITSMS_PASSWORD: 'simulator',
      SVITSMS_ALPHANAME: 'MyShop',
    },
    plugin: {
      rules: RULES.filter(({ key }) => key === 'order-placed').map((rule) => ({ ...rule, text: config.text })),
      sending: { pollIntervalMs: 50, requestsPerSecond: 1_000, inFlight: STRAPI_IN_FLIGHT },
    },
  });
  process.send?.('ready');
  const random = seededRandom(config.seed);
  const orders = strapi.documents('api::order.order' as never);
  for (let count = 1; count <= config.orders; count++) {
    const data = { number: `${config.name}-${String(count)}`, customerPhone: phoneOf(config.seed + count) };
    // The shop's types are written at run time; Strapi's generated types do not know them.
    await orders.create({ data: data as never });
    await pause(random() * ORDER_PAUSE_MS);
  }
};

setInterval(() => undefined, 60_000);
process.once('disconnect', () => process.exit(0));
run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'unknown error');
  process.exit(1);
});
