import { MIGRATIONS } from '../../server/src/strapi/migrations';
import { runMigrations, type Migration } from '../../server/src/strapi/migrations/run';
import { createMemoryLedger } from '../support/memory-ledger';

const clock = { now: () => 1_000 };
const setUp = () => {
  const ledger = createMemoryLedger();
  const ran: string[] = [];
  const step = (id: string): Migration => ({
    id,
    up: () => {
      ran.push(id);
      return Promise.resolve();
    },
  });
  const deps = { ledger, clock, holder: 'a', pause: () => Promise.resolve() };
  return { ledger, ran, step, deps };
};

describe('migrations', () => {
  it('run once, in order', async () => {
    const { ran, step, deps } = setUp();
    expect(await runMigrations(deps, [step('1'), step('2')])).toEqual(['1', '2']);
    expect(await runMigrations(deps, [step('1'), step('2'), step('3')])).toEqual(['3']);
    expect(ran).toEqual(['1', '2', '3']);
  });

  it('go on after a step that failed', async () => {
    const { ran, step, deps } = setUp();
    const broken: Migration = { id: '2', up: () => Promise.reject(new Error('no space')) };
    await expect(runMigrations(deps, [step('1'), broken])).rejects.toThrow('no space');
    expect(await runMigrations(deps, [step('1'), step('2')])).toEqual(['2']);
    expect(ran).toEqual(['1', '2']);
  });

  it('are run by one instance at a time; the other waits until they are done', async () => {
    const { ledger, ran, step, deps } = setUp();
    await ledger.leases.take('migrations', 'b', 1_000, 60_000);
    let looks = 0;
    const pause = async (): Promise<void> => {
      if (++looks === 3) await ledger.settings.put('migration:1', '1');
    };
    expect(await runMigrations({ ...deps, pause }, [step('1')])).toEqual([]);
    expect(ran).toEqual([]);
  });

  it('have ids in order and none twice', () => {
    const ids = MIGRATIONS.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('keep a site secret that exists', async () => {
    const { ledger, deps } = setUp();
    await ledger.settings.put('site.secret', 'x'.repeat(40));
    await runMigrations(deps, MIGRATIONS);
    expect(await ledger.settings.get('site.secret')).toBe('x'.repeat(40));
  });
});
