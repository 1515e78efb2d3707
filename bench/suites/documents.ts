import { openBenchShop, type BenchShop } from '../support/shop';
import { figure, median, ratioInterval, type Figure } from '../support/report';

const PAIRS = Number(process.env['BENCH_PAIRS'] ?? 2_000);
const WARM_UP = 100;
const ORDER = 'api::order.order';
const CUSTOMER = 'api::customer.customer';

const RULES = [
  { key: 'order-placed', uid: ORDER, event: 'created', to: 'customerPhone', text: 'Замовлення {{ number }} прийнято.' },
  {
    key: 'order-paid',
    uid: ORDER,
    event: 'changed',
    field: 'state',
    toValues: ['paid'],
    to: 'customerPhone',
    text: 'Замовлення {{ number }} оплачено.',
  },
];

interface Case {
  readonly what: string;
  readonly atMost: number;
  readonly uid: string;
  readonly save: (n: number) => Promise<unknown>;
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** Nothing the plugin does after a commit may run into the next measurement. */
const quiet = async ({ container }: BenchShop): Promise<void> => {
  while ((await container.ledger.intents.nextDueAt()) !== null) await new Promise((resolve) => setTimeout(resolve, 1));
};

const measure = async (shop: BenchShop, { what, atMost, uid, save }: Case): Promise<Figure> => {
  const pairs: { ours: number; theirs: number }[] = [];
  for (let n = 0; n < PAIRS + WARM_UP; n++) {
    const half = { ours: 0, theirs: 0 };
    const mine = async (): Promise<void> => {
      half.ours = await timed(() => save(2 * n));
      await quiet(shop);
    };
    const plain = async (): Promise<void> => {
      half.theirs = await timed(() => shop.without(uid, () => save(2 * n + 1)));
    };
    // Whoever comes second finds warmer caches: the order changes from pair to pair.
    for (const turn of n % 2 === 0 ? [mine, plain] : [plain, mine]) await turn();
    if (n >= WARM_UP) pairs.push(half);
  }
  const ours = median(pairs.map((pair) => pair.ours));
  const theirs = median(pairs.map((pair) => pair.theirs));
  const [low, high] = ratioInterval(pairs);
  return figure(`Save: ${what}, against Strapi without the plugin`, ours / theirs, {
    atMost,
    detail: `p50 ${ours.toFixed(2)} ms against ${theirs.toFixed(2)} ms, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}, ${PAIRS} interleaved pairs`,
  });
};

/** What a save of a document costs more with the plugin in its way. Real Strapi, SQLite. */
export const documents = async (): Promise<Figure[]> => {
  const shop = await openBenchShop({ rules: RULES });
  try {
    // The shop's types are written when it starts; Strapi's generated types do not know them.
    const documentsOf = (uid: string) => shop.strapi.documents(uid as never);
    const order = (n: number): Promise<unknown> =>
      documentsOf(ORDER).create({
        data: { number: `A-${n}`, customerName: 'Олена', customerPhone: '067 123 45 67', total: 100 } as never,
      });
    const changing = await documentsOf(ORDER).create({
      data: { number: 'B-1', customerPhone: '067 123 45 67' } as never,
    });
    return [
      await measure(shop, {
        what: 'create, a type no rule watches',
        atMost: 1.02,
        uid: CUSTOMER,
        save: (n) => documentsOf(CUSTOMER).create({ data: { name: `Олена ${n}`, phone: '067 123 45 67' } as never }),
      }),
      await measure(shop, { what: 'create, watched by a rule', atMost: 1.15, uid: ORDER, save: order }),
      await measure(shop, {
        what: 'update, watched by a rule',
        atMost: 1.25,
        uid: ORDER,
        // Both halves change the same field; only ours turns it to the value that the rule waits for.
        save: (n) =>
          documentsOf(ORDER).update({
            documentId: changing.documentId,
            data: { state: n % 2 === 0 ? 'paid' : 'new' } as never,
          }),
      }),
    ];
  } finally {
    await shop.close();
  }
};
