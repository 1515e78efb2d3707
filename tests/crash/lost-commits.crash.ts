import knexOf, { type Knex } from 'knex';
import type { Simulator } from '../../simulator';
import { createParker } from '../../server/src/delivery/abandoned';
import { decideDue } from '../../server/src/delivery/decide';
import { createCrashDatabase, type CrashDatabase, type Kind } from './support/databases';
import { startCommitProxy, type CommitProxy, type Cut } from './support/commit-proxy';
import { intentOf } from './support/producer';
import { phoneOf } from './support/child-config';
import { acceptedTexts, openGateway, openSite, postsOf, type Site } from './support/site';

/** The pool tells of every connection it loses. */
const SILENT = { warn: () => undefined, error: () => undefined };

const CUTS: readonly Cut[] = ['before the server saw it', 'after the server did it'];

/** A connection lost in COMMIT (C10): nobody knows whether it happened, so every step must bear both. */
describe.each<Kind>(['PostgreSQL', 'MariaDB'])('a COMMIT whose answer is lost, %s', (kind) => {
  let database: CrashDatabase;
  let proxy: CommitProxy;
  let pool: Knex;
  let simulator: Simulator;
  let site: Site;
  beforeAll(async () => {
    database = await createCrashDatabase(kind);
    const connection = database.config.connection as { host: string; port: number }; // tests/support made it
    proxy = await startCommitProxy(connection.host, connection.port);
    pool = knexOf({
      ...database.config,
      connection: { ...connection, host: '127.0.0.1', port: proxy.port },
      log: SILENT,
    });
    simulator = await openGateway();
  });
  afterAll(async () => {
    await pool.destroy();
    await proxy.close();
    await simulator.close();
    await database.destroy();
  });
  beforeEach(async () => {
    simulator.control.reset();
    for (const table of ['messages', 'submissions', 'intents', 'decisions', 'pauses', 'accounts'])
      await database.knex(`svitsms_${table}`).delete();
    site = await openSite({ knex: pool, simulator, soleInstance: false });
  });

  /** Loses the COMMIT of this step; the step may fail or know how to help itself. */
  const losing = async (cut: Cut, step: () => Promise<unknown>): Promise<void> => {
    const before = proxy.cuts();
    proxy.cutNextCommit(cut);
    await step().catch(() => undefined);
    expect(proxy.cuts()).toBe(before + 1);
  };
  /** Whatever is due after the leases ended. */
  const goOn = async (): Promise<void> => {
    site.skip(5_000);
    await createParker(site.deps)();
    await decideDue(site.deps);
    await site.send(await site.plan());
  };
  const writeIntent = (): Promise<void> =>
    site.ledger.intents.insert([intentOf('a', phoneOf(1), site.deps.clock.now())]);

  it.each(CUTS)('of a decision, %s: one message, sent once', async (cut) => {
    await writeIntent();
    await losing(cut, () => decideDue(site.deps));
    await goOn();
    expect((await site.message('a')).state).toBe('accepted');
    expect(acceptedTexts(simulator)).toEqual(['a']);
  });

  it.each(CUTS)('of sealing, %s: sent once', async (cut) => {
    await site.write('a');
    await losing(cut, () => site.plan());
    await goOn();
    expect((await site.message('a')).state).toBe('accepted');
    expect(acceptedTexts(simulator)).toEqual(['a']);
  });

  it('of the mark "sending", before the server saw it: sent once', async () => {
    await site.write('a');
    const ids = await site.plan();
    await losing('before the server saw it', () => site.send(ids));
    expect(postsOf(simulator)).toBe(0);
    await goOn();
    expect((await site.message('a')).state).toBe('accepted');
    expect(acceptedTexts(simulator)).toEqual(['a']);
  });

  it('of the mark "sending", after the server did it: never posted, shown as in doubt', async () => {
    await site.write('a');
    const ids = await site.plan();
    await losing('after the server did it', () => site.send(ids));
    await goOn();
    expect(await site.message('a')).toMatchObject({ state: 'in_doubt', reason: 'process_died' });
    expect(postsOf(simulator)).toBe(0);
  });

  it.each(CUTS)('of the outcome, %s: written again by the process that knows it', async (cut) => {
    await site.write('a');
    const ids = await site.plan();
    simulator.control.addFault({ kind: 'slow', params: { ms: 200, stage: 'after' } });
    const sending = site.send(ids);
    // The mark is committed when the request is under way; the next COMMIT is that of the outcome.
    while (postsOf(simulator) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await losing(cut, () => sending);
    expect((await site.message('a')).state).toBe('accepted');
    await goOn();
    expect(acceptedTexts(simulator)).toEqual(['a']);
  });
});
