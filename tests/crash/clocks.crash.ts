import { createCrashDatabase } from './support/databases';
import { faultsOf, NO_FAULTS } from './support/oracle';
import type { Point } from './support/points';
import { openCrashShop, type CrashShop } from './support/shop';

const HOUR = 3_600_000;

/** Leases only decide when somebody looks: whatever the clocks say, no SMS is sent twice and none is lost. */
describe('processes whose clocks are an hour apart, PostgreSQL', () => {
  let shop: CrashShop;
  beforeEach(async () => {
    shop = await openCrashShop(await createCrashDatabase('PostgreSQL'));
  });
  afterEach(() => shop.close());

  it('one ahead, one behind, some of them killed: nothing lost, nothing sent twice', async () => {
    // The one ahead takes every lease of the others for lapsed; of its own rows the others think they are not due.
    const children = await Promise.all([
      shop.start({ orders: 25 }),
      shop.start({ orders: 25, clockOffsetMs: HOUR }),
      shop.start({ orders: 25, clockOffsetMs: -HOUR }),
      shop.start({ orders: 25, clockOffsetMs: HOUR, plan: { point: 'C9-answer-read', pass: 2 } }),
      shop.start({ orders: 25, clockOffsetMs: -HOUR, plan: { point: 'C3-intent-claimed', pass: 2 } }),
    ]);
    await Promise.all(children.slice(0, 3).map(({ placed }) => placed));
    for (const child of children.slice(3)) child.kill();
    const verdict = await shop.finish(60_000);
    expect(faultsOf(verdict)).toEqual(NO_FAULTS);
    expect(verdict.orders).toBeGreaterThan(75);
  }, 120_000);

  it.each<[string, Point, number]>([
    ['while it decided', 'C3-intent-claimed', 3],
    ['before a request left', 'C6-sending-committed', 1],
    ['while a request was on the wire', 'C7-request-written', 1],
  ])(
    'the clock was an hour ahead, and the process died %s: the next one takes up its work',
    async (_, point, pass) => {
      const ahead = await shop.start({ orders: 10, clockOffsetMs: HOUR, plan: { point, pass } });
      await ahead.ended;
      // What it recorded is due in an hour; its leases of that hour must stop nobody.
      await shop.knex('svitsms_intents').update({ due_at: Date.now() });
      await shop.knex('svitsms_messages').where('state', 'queued').update({ due_at: Date.now() });
      await shop.knex('svitsms_submissions').whereNotNull('poll_at').update({ poll_at: Date.now() });
      await shop.start({ orders: 10 });
      const verdict = await shop.finish(60_000);
      expect(faultsOf(verdict)).toEqual(NO_FAULTS);
      // Of what it held nobody saw the answer; that shows within a lease, not after its hour.
      if (point !== 'C3-intent-claimed') expect(verdict.inDoubt.map(({ owner }) => owner)).toContain('p1');
    },
    120_000,
  );
});
