import type { Knex } from 'knex';
import type { Simulator } from '../../simulator';
import { createParker } from '../../server/src/delivery/abandoned';
import { reconcileDue } from '../../server/src/delivery/reconcile';
import { resolveInDoubt, type Resolution } from '../../server/src/delivery/resolve-in-doubt';
import { createPostgresDatabase, createSqliteDatabase, type TestDatabase } from '../support/knex-ledger';
import { acceptedTexts, openGateway, openSite, postsOf, sendFault, type Site } from './support/site';

const MAKE = { SQLite: createSqliteDatabase, PostgreSQL: createPostgresDatabase } as const;
/** Real races: each is run this often, the order of the two is chance. */
const ROUNDS = 15;

describe.each(['SQLite', 'PostgreSQL'] as const)('two that act at once, %s', (kind) => {
  let database: TestDatabase;
  let second: Knex;
  let simulator: Simulator;
  /** Two processes of one shop. */
  let site: Site;
  let other: Site;
  beforeAll(async () => {
    database = await MAKE[kind]();
    // SQLite has one process, and that one has one connection.
    second = kind === 'SQLite' ? database.knex : database.connect();
    simulator = await openGateway();
  });
  afterAll(async () => {
    await simulator.close();
    await database.destroy();
  });
  beforeEach(async () => {
    simulator.control.reset();
    simulator.control.updateSettings({ balance: '1000000' });
    await database.clear();
    site = await openSite({ knex: database.knex, simulator, soleInstance: false });
    other = await openSite({ knex: second, simulator, owner: 'other', soleInstance: false });
  });

  /** A request in doubt; of its answer the campaign id was readable. */
  const inDoubtWithLead = async (number: string): Promise<void> => {
    simulator.control.addFault(sendFault({ kind: 'malformed' }));
    await site.write(number);
    await site.send(await site.plan());
    expect(await site.message(number)).toMatchObject({ state: 'in_doubt' });
    await site.ledger.pauses.clear(site.account.key, ['too_many_in_doubt'], null);
  };
  const poll = async (by: Site): Promise<void> => {
    by.skip(10_000);
    await reconcileDue(by.deps, by.account);
  };
  const decide = async (by: Site, number: string, resolution: Resolution): Promise<boolean> =>
    (await resolveInDoubt(by.deps, (await by.message(number)).id, resolution, 'Олена')).ok;
  const audits = async (): Promise<number> => (await database.knex('svitsms_audits').select('id')).length;

  it('the proof comes while a person decides "close": one of the two takes effect, and only that (C13)', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const number = `r${String(round)}`;
      await inDoubtWithLead(number);
      const before = await audits();
      const [, closed] = await Promise.all([poll(site), decide(other, number, { decision: 'close' })]);
      const { state } = await site.message(number);
      expect(state).toBe(closed ? 'closed' : 'accepted');
      expect(await audits()).toBe(before + (closed ? 1 : 0));
    }
    expect(acceptedTexts(simulator)).toHaveLength(ROUNDS);
  });

  it('the proof comes while a person decides "not sent": resent only if the person was first, and written down (C13)', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const number = `r${String(round)}`;
      await inDoubtWithLead(number);
      const before = await audits();
      const [, resent] = await Promise.all([poll(site), decide(other, number, { decision: 'not_sent' })]);
      const { state } = await site.message(number);
      expect(state).toBe(resent ? 'queued' : 'accepted');
      expect(await audits()).toBe(before + (resent ? 1 : 0));
      await other.send(await other.plan());
      expect(acceptedTexts(simulator).filter((text) => text === number)).toHaveLength(resent ? 2 : 1);
    }
  });

  it('two people decide at once: one is told that the other was first (C13)', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const number = `r${String(round)}`;
      await inDoubtWithLead(number);
      const both = await Promise.all([
        decide(site, number, { decision: 'not_sent' }),
        decide(other, number, { decision: 'close' }),
      ]);
      expect(both.filter(Boolean)).toHaveLength(1);
      expect((await site.message(number)).state).toBe(both[0] ? 'queued' : 'closed');
      await database.clear();
    }
  });

  it('an answer that comes after its process was taken for dead is the proof (C14)', async () => {
    await site.write('late');
    const ids = await site.plan();
    simulator.control.addFault(sendFault({ kind: 'slow', params: { ms: 300, stage: 'after' } }));
    const sending = site.send(ids);
    while (postsOf(simulator) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    other.skip(10_000);
    expect(await createParker(other.deps)()).toBe(1);
    expect(await site.message('late')).toMatchObject({ state: 'in_doubt', reason: 'process_died' });
    await sending;
    const message = await site.message('late');
    expect(message).toMatchObject({ state: 'accepted', reason: null });
    expect(await site.submissionOf(message)).toMatchObject({ state: 'accepted', campaignId: message.campaignId });
    expect(acceptedTexts(simulator)).toEqual(['late']);
  });

  it('an answer that comes after a person decided changes nothing of that decision (C14)', async () => {
    await site.write('late');
    const ids = await site.plan();
    simulator.control.addFault(sendFault({ kind: 'slow', params: { ms: 300, stage: 'after' } }));
    const sending = site.send(ids);
    while (postsOf(simulator) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    other.skip(10_000);
    await createParker(other.deps)();
    expect(await decide(other, 'late', { decision: 'close' })).toBe(true);
    await sending;
    expect(await site.message('late')).toMatchObject({ state: 'closed', reason: 'closed_by_person' });
    expect(acceptedTexts(simulator)).toEqual(['late']);
  });

  it('one campaign id answered to two processes at once: one keeps it, the other is in doubt (C15)', async () => {
    await site.write('first');
    await site.send(await site.plan());
    for (let round = 0; round < ROUNDS; round++) {
      const names = [`a${String(round)}`, `b${String(round)}`];
      for (const name of names) await site.write(name);
      const [one, two] = await site.plan();
      // The second of the two is answered with the id of the first: both write it in the same moment.
      const text = (index: number): string => `№${names[index] ?? ''} `;
      simulator.control.addFault({ kind: 'slow', params: { ms: 40, stage: 'after' }, match: { text: text(0) } });
      simulator.control.addFault({ kind: 'slow', params: { ms: 30, stage: 'before' }, match: { text: text(1) } });
      simulator.control.addFault(sendFault({ kind: 'duplicate-campaign-id', match: { text: text(1) } }));
      await Promise.all([site.send(one ? [one] : []), other.send(two ? [two] : [])]);
      const states = await Promise.all(names.map(async (name) => (await site.message(name)).state));
      expect(states.sort()).toEqual(['accepted', 'in_doubt']);
      await site.ledger.pauses.clear(site.account.key, ['too_many_in_doubt'], null);
    }
    expect(acceptedTexts(simulator)).toHaveLength(2 * ROUNDS + 1);
    expect(new Set(acceptedTexts(simulator)).size).toBe(2 * ROUNDS + 1);
  });

  it('two processes plan and send the same messages at once: each is posted once', async () => {
    // Nothing here is about time: on a busy machine an answer may take long, and a lost one would never be accepted.
    const patient = { simulator, soleInstance: false, requestTimeoutMs: 30_000 };
    site = await openSite({ ...patient, knex: database.knex });
    other = await openSite({ ...patient, knex: second, owner: 'other' });
    const names = Array.from({ length: 60 }, (_, index) => `n${String(index)}`);
    for (const name of names) await site.write(name);
    const accepted = async (): Promise<number> => (await site.ledger.messages.countByState()).accepted ?? 0;
    const work = async (by: Site): Promise<void> => {
      while ((await accepted()) < names.length) {
        await by.send(await by.plan());
        // better-sqlite3 answers within the tick: without a turn of the event loop no answer of the gateway would come in.
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await Promise.all([work(site), work(other)]);
    expect(acceptedTexts(simulator).sort()).toEqual([...names].sort());
    expect(postsOf(simulator)).toBe(names.length);
  });
});
