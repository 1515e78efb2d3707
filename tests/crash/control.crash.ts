import { createCrashDatabase } from './support/databases';
import type { ChildConfig } from './support/child-config';
import { compare, faultsOf, NO_FAULTS, type LedgerRow, type Verdict } from './support/oracle';
import { openCrashShop } from './support/shop';

const row = (number: string, fields: Partial<LedgerRow> = {}): LedgerRow => ({
  number,
  state: 'delivered',
  reason: null,
  campaignId: '7',
  owner: 'p1',
  ...fields,
});
const sms = (number: string) => ({ number, recipient: '380671000001', campaignId: '7' });

/** A proof that cannot fail proves nothing. */
describe('the oracle', () => {
  it.each<[string, Verdict, object]>([
    ['agrees', compare(['a'], [sms('a')], [row('a')]), NO_FAULTS],
    ['finds what was lost', compare(['a'], [], []), { ...NO_FAULTS, lost: ['a'] }],
    ['takes in doubt for neither', compare(['a'], [], [row('a', { state: 'in_doubt' })]), NO_FAULTS],
    ['finds what was sent twice', compare(['a'], [sms('a'), sms('a')], [row('a')]), { ...NO_FAULTS, twice: ['a'] }],
    ['finds a ghost', compare([], [sms('a')], [row('a')]), { ...NO_FAULTS, ghosts: ['a'] }],
    [
      'finds a wrong campaign',
      compare(['a'], [sms('a')], [row('a', { campaignId: '8' })]),
      { ...NO_FAULTS, wrong: ['a delivered'] },
    ],
    [
      'finds what is called failed and was sent',
      compare(['a'], [sms('a')], [row('a', { state: 'failed' })]),
      { ...NO_FAULTS, wrong: ['a failed'] },
    ],
  ])('%s', (_name, verdict, expected) => {
    expect(faultsOf(verdict)).toEqual(expected);
  });
});

/** The same harness on an engine with a mistake: killed once, restarted, compared. */
describe('an engine with a mistake is found out', () => {
  const killedOnce = async (options: Partial<ChildConfig>): Promise<Verdict> => {
    const shop = await openCrashShop(await createCrashDatabase('SQLite'));
    try {
      const child = await shop.start({ orders: 20, soleInstance: true, ...options });
      await child.ended;
      await shop.start({ soleInstance: true, ...options, plan: null });
      return await shop.finish(40_000);
    } finally {
      await shop.close();
    }
  };

  it('sends again what was on its way: twice', async () => {
    const verdict = await killedOnce({ mistake: 'resends', plan: { point: 'C8-answer-arriving', pass: 3 } });
    expect(verdict.twice).not.toEqual([]);
  });

  it('writes the intent after the order: lost', async () => {
    const verdict = await killedOnce({ mistake: 'writes late', plan: { point: 'C2-order-committed', pass: 3 } });
    expect(verdict.lost).toHaveLength(1);
  });

  it('without a mistake: neither', async () => {
    const verdict = await killedOnce({ plan: { point: 'C8-answer-arriving', pass: 3 } });
    expect(faultsOf(verdict)).toEqual(NO_FAULTS);
  });
});
