import { charsetProblem, type CharsetProblem } from '../../server/src/strapi/charset-check';
import { DatabaseError } from '../../server/src/strapi/stores/database-error';
import { DEFAULT_TABLES } from '../../server/src/strapi/stores/table-names';
import { createMemoryLedger } from '../support/memory-ledger';
import { openShop } from '../support/shop';
import { LEFT, restart, status } from './support/restart';

/** A ledger whose settings fail with these codes, one a call, and work afterwards. */
const failing = (method: 'put' | 'get', ...codes: readonly string[]) => {
  const { settings } = createMemoryLedger();
  const left = [...codes];
  const waits: number[] = [];
  const failFirst = <T>(work: () => Promise<T>): Promise<T> => {
    const code = left.shift();
    return code === undefined ? work() : Promise.reject(new DatabaseError(`settings.${method}`, code, null));
  };
  const broken: typeof settings = {
    ...settings,
    put: (key, value) => (method === 'put' ? failFirst(() => settings.put(key, value)) : settings.put(key, value)),
    get: (key) => (method === 'get' ? failFirst(() => settings.get(key)) : settings.get(key)),
  };
  const check = (): Promise<CharsetProblem | null> =>
    charsetProblem({ settings: broken }, (ms) => Promise.resolve(waits.push(ms)));
  return { check, waits };
};

const problem = (reason: CharsetProblem['reason']) => (words: RegExp) => ({
  reason,
  detail: expect.stringMatching(words),
});
const unchecked = problem('database_unchecked');
const unfit = problem('database_charset');

describe('the check of the database’s alphabet', () => {
  it.each(['put', 'get'] as const)('tries again after a fault of %s that passes by itself', async (method) => {
    const { check, waits } = failing(method, 'SQLITE_BUSY', 'PROTOCOL_CONNECTION_LOST', '40P01', '57P03');
    expect(await check()).toBeNull();
    expect(waits).toEqual([250, 500, 1_000, 2_000]);
  });

  it('says that it could not be done when such a fault stays', async () => {
    const { check, waits } = failing('put', ...Array<string>(9).fill('SQLITE_BUSY'));
    expect(await check()).toEqual(unchecked(/could not be checked.*SQLITE_BUSY.*nothing is sent/));
    expect(waits).toHaveLength(4);
  });

  it('says so too for a fault that has nothing to do with letters', async () => {
    const { check, waits } = failing('put', 'SQLITE_FULL');
    expect(await check()).toEqual(unchecked(/could not be checked.*SQLITE_FULL/));
    expect(waits).toEqual([]);
  });

  it.each(['ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', '22P05'])('takes %s for what it is', async (code) => {
    expect(await failing('put', code).check()).toEqual(unfit(/does not keep Ukrainian letters.*utf8mb4/));
  });

  it('notices letters that came back as others', async () => {
    const { settings } = createMemoryLedger();
    const lossy: typeof settings = {
      ...settings,
      put: (key, value) => settings.put(key, value.replace(/\P{ASCII}/gu, '?')),
    };
    expect(await charsetProblem({ settings: lossy }, () => Promise.resolve())).toEqual(unfit(/does not keep/));
  });
});

it('a shop whose database could not be checked keeps orders, sends nothing and says so', async () => {
  let shop = await openShop();
  try {
    await shop.strapi.db.connection.raw(
      `create trigger unwell before insert on ${DEFAULT_TABLES.setting} when new.setting_key = 'charset.probe'
       begin select raise(abort, 'unwell'); end`,
    );
    shop = await restart(shop);
    await shop.order();
    expect(await status(shop)).toMatchObject({
      pauses: [{ reason: 'database_unchecked', detail: expect.stringContaining('could not be checked') }],
    });
    // Nobody knows whether a text given by hand would be kept as it is.
    const sent = await shop.strapi.plugin('svitsms').service('sms').send({ to: '0671234567', text: 'Вітаємо' });
    expect(sent).toMatchObject({ outcome: 'rejected', id: null, message: expect.stringContaining('not be checked') });
    expect(shop.simulator.control.messages()).toEqual([]);

    await shop.strapi.db.connection.raw('drop trigger unwell');
    shop = await restart(shop);
    await shop.settled(1, ...LEFT);
    expect((await status(shop)).pauses).toEqual([]);
  } finally {
    await shop.close();
  }
});
