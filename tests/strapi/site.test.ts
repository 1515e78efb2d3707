import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSimulator, type Simulator } from '../../simulator';
import { DEFAULT_TABLES } from '../../server/src/strapi/stores/table-names';
import { eventually } from '../support/eventually';
import { openShop, type Shop } from '../support/shop';
import { superAdmin } from './support/people';
import { LEFT, status, textsAtGateway } from './support/restart';

const ORIGINAL = 'https://shop.example.com';
const STAGING = 'https://staging.example.com';
/** Without it the orders wait. */
const NO_PASSWORD = { SVITSMS_PASSWORD: undefined };

const textOf = (number: string): string => `Дякуємо, Олена! Замовлення ${number} прийнято.`;

describe('a shop’s folder is copied to another site, with its database', () => {
  let simulator: Simulator;
  let folder: string;
  let open: Shop | undefined;
  beforeAll(async () => {
    simulator = await startSimulator({ settings: { timings: { sentAfterMs: 10, deliveredAfterMs: 20 } } });
    folder = mkdtempSync(path.join(tmpdir(), 'svitsms-site-'));
  });
  afterAll(async () => {
    await open?.stop();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** One at a time: Strapi keeps a process global. */
  const boot = async (name: string, url: string, env = {}): Promise<Shop> => {
    await open?.stop();
    const dir = path.join(folder, name);
    open = await openShop({ simulator, dir, url, env });
    return open;
  };
  const statesOf = async (shop: Shop): Promise<Record<string, string>> =>
    Object.fromEntries((await shop.messages()).map(({ text, state }) => [text, state]));

  it('nothing leaves the copy before a person confirms, and then only what is its own; the original goes on', async () => {
    const original = await boot('shop', ORIGINAL, NO_PASSWORD);
    for (const number of ['O-1', 'O-2']) await original.order({ number });
    await original.settled(2, 'queued');
    await original.stop();
    open = undefined;
    cpSync(path.join(folder, 'shop'), path.join(folder, 'staging'), { recursive: true });

    const copy = await boot('staging', STAGING);
    const person = await superAdmin(copy);
    const shown = await person.call('GET', '/svitsms/status');
    expect(shown.body).toMatchObject({
      pauses: [{ reason: 'copied_database', detail: expect.stringContaining('another site') }],
      waiting: { queued: 2, held: 0 },
    });
    await copy.order({ number: 'S-1' });
    expect(await copy.strapi.db.query('api::order.order').count()).toBe(3);
    // Its text is recorded with it, and decided after the confirmation.
    expect(await copy.strapi.db.connection(DEFAULT_TABLES.intent).where({ state: 'pending' })).toHaveLength(1);
    expect(Object.values(await statesOf(copy))).toEqual(['queued', 'queued']);
    expect(simulator.log()).toEqual([]);

    expect((await person.call('POST', '/svitsms/site/confirm')).status).toBe(200);
    await copy.order({ number: 'S-2' });
    const states = await eventually(
      () => statesOf(copy),
      (seen) => [textOf('S-1'), textOf('S-2')].every((text) => ['sent', 'delivered'].includes(seen[text] ?? '')),
    );
    expect(states).toMatchObject({ [textOf('O-1')]: 'held', [textOf('O-2')]: 'held' });
    expect(textsAtGateway(copy)).toEqual(['S-1', 'S-2'].map(textOf));

    const confirmed = await boot('staging', STAGING);
    expect(await status(confirmed)).toMatchObject({ pauses: [], waiting: { queued: 0, held: 2 } });

    const again = await boot('shop', ORIGINAL);
    await again.order({ number: 'O-3' });
    await again.settled(3, ...LEFT);
    expect((await status(again)).pauses).toEqual([]);
    expect(textsAtGateway(again)).toEqual(['O-1', 'O-2', 'O-3', 'S-1', 'S-2'].map(textOf));
    // Strapi starts four times.
  }, 180_000);
});
