import { probeSoon } from '../../server/src/delivery/pauses';
import { lose, refuse, repeatCampaign } from '../support/fake-gateway';
import { DAY, HOUR, MINUTE, SECOND } from '../support/fake-clock';
import { openRig, type Rig } from '../support/rig';

const enqueue = async (rig: Rig, count: number, request: Parameters<Rig['send']>[0] = {}): Promise<void> => {
  for (let n = 0; n < count; n++) await rig.send(request);
};
const submits = (rig: Rig): number => rig.gateway.submits.length;
const once = (rig: Rig): boolean => [...rig.gateway.reached().values()].every((count) => count === 1);

describe('wrong credentials', () => {
  test('messages wait with a visible reason and leave after the cure; the login is not hammered', async () => {
    const rig = await openRig();
    rig.gateway.lockedOut = true;
    await enqueue(rig, 50);
    await rig.settle();
    expect(await rig.pauses()).toEqual(['wrong_credentials']);
    expect(submits(rig)).toBe(4); // those that were on their way together
    await rig.pass(3 * HOUR, MINUTE);
    expect(submits(rig)).toBe(4);
    expect(rig.gateway.questions.length).toBeLessThan(40);
    rig.gateway.lockedOut = false;
    await rig.pass(20 * MINUTE, MINUTE);
    expect(await rig.pauses()).toEqual([]);
    expect((await rig.states()).accepted).toBe(50);
    expect(once(rig)).toBe(true);
  });

  test('questions about accepted messages stop too: each would be one more refused login', async () => {
    const rig = await openRig();
    await enqueue(rig, 30);
    await rig.settle();
    rig.gateway.lockedOut = true;
    await rig.pass(5 * SECOND, SECOND);
    expect(rig.gateway.questions.filter(({ kind }) => kind === 'status')).toHaveLength(1);
    expect(await rig.pauses()).toEqual(['wrong_credentials']);
    rig.gateway.lockedOut = false;
    rig.gateway.say('DELIVERED');
    await rig.pass(HOUR, MINUTE);
    expect(await rig.states()).toEqual({ delivered: 30 });
  });

  test('a person who corrected the password need not wait for the probe', async () => {
    const rig = await openRig();
    rig.gateway.lockedOut = true;
    await enqueue(rig, 1);
    await rig.settle();
    rig.gateway.lockedOut = false;
    await probeSoon(rig.deps, 'main');
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 1 });
  });
});

test('no funds: orders wait until the account is topped up', async () => {
  const rig = await openRig();
  rig.gateway.funds = '0.00';
  await enqueue(rig, 10);
  await rig.pass(HOUR, MINUTE);
  expect(await rig.pauses()).toEqual(['no_funds']);
  expect(await rig.states()).toEqual({ queued: 4, claimed: 6 });
  expect(submits(rig)).toBe(4);
  rig.gateway.funds = '12.50';
  await rig.pass(5 * MINUTE, MINUTE);
  expect(await rig.states()).toEqual({ accepted: 10 });
});

describe('a refused sender name', () => {
  test('pauses that name only, however many messages wait under it', async () => {
    const rig = await openRig();
    rig.gateway.refusedAlphanames.add('Bad');
    await enqueue(rig, 60, { alphaname: 'Bad' });
    await enqueue(rig, 60, { alphaname: 'Good' });
    await rig.settle();
    expect(await rig.pauses()).toEqual(['alphaname_refused']);
    const byName = (name: string) => rig.gateway.submits.filter(({ request }) => request.alphaname === name).length;
    expect([byName('Bad'), byName('Good')]).toEqual([4, 60]);
    rig.gateway.refusedAlphanames.clear();
    await rig.pass(20 * MINUTE, MINUTE);
    expect(await rig.states()).toEqual({ accepted: 120 });
  });

  test('what was sealed under the bad name before does not take the room of the others', async () => {
    const rig = await openRig();
    await enqueue(rig, 30, { alphaname: 'Bad' });
    await rig.plan();
    rig.gateway.refusedAlphanames.add('Bad');
    // Another instance found out.
    await rig.ledger.pauses.put({
      account: 'main',
      alphaname: 'Bad',
      reason: 'alphaname_refused',
      detail: null,
      since: rig.clock.now(),
      probeAt: rig.clock.now() + HOUR,
      tries: 0,
    });
    await enqueue(rig, 20);
    await rig.settle();
    expect((await rig.states()).accepted).toBe(20);
  });

  test('several bad names do not fill the room of the good one', async () => {
    const rig = await openRig();
    for (const name of ['Bad1', 'Bad2', 'Bad3', 'Bad4', 'Bad5', 'Bad6']) {
      rig.gateway.refusedAlphanames.add(name);
      await enqueue(rig, 20, { alphaname: name });
    }
    await rig.settle();
    await enqueue(rig, 20);
    await rig.settle();
    expect((await rig.states()).accepted).toBe(20);
  });
});

describe('the gateway is down', () => {
  test('for six hours, with ten thousand orders waiting: nothing lost, nothing twice, no storm', async () => {
    let seed = 42;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const rig = await openRig({ sending: { inFlight: 100 }, random });
    rig.gateway.down = true;
    await rig.sendMany({ messages: [{ to: '380501112233', text: 'one of a campaign' }] });
    await rig.sendCalls(10_000);
    await rig.settle();
    const first = submits(rig);
    expect(first).toBeLessThanOrEqual(100); // one round of slots found out
    const began = rig.clock.now();
    await rig.pass(6 * HOUR, 30 * SECOND);
    expect(submits(rig)).toBe(first);
    const probes = rig.gateway.questions.filter(({ at }) => at >= began + MINUTE).map(({ at }) => at);
    expect(probes.length).toBeGreaterThan(300);
    probes.forEach((at, index) => {
      if (index > 0) expect(at - (probes[index - 1] ?? 0)).toBeGreaterThanOrEqual(30 * SECOND);
    });
    rig.gateway.down = false;
    rig.clock.advance(MINUTE);
    while ((await rig.chores()) + (await rig.plan()) + (await rig.post()) > 0) rig.clock.advance(1);
    expect(await rig.states()).toEqual({ accepted: 10_001 });
    expect(once(rig)).toBe(true);
    expect(rig.gateway.reached().size).toBe(10_001);
  }, 120_000);

  test('longer than a text is worth: it expires unsent, sealed or not', async () => {
    const rig = await openRig();
    rig.gateway.down = true;
    await enqueue(rig, 30);
    await rig.settle();
    expect((await rig.states()).claimed).toBe(12);
    await rig.pass(DAY + MINUTE, HOUR);
    expect(await rig.states()).toEqual({ failed: 30 });
    expect(rig.noticed.filter(({ state }) => state === 'failed')).toHaveLength(30);
    rig.gateway.down = false;
    await rig.pass(HOUR, MINUTE);
    expect(submits(rig)).toBe(4);
  });
});

describe('the breaker', () => {
  test('opens after three in doubt in five minutes, and closes when the gateway answers', async () => {
    const rig = await openRig({ sending: { inFlight: 1 } });
    rig.gateway.otherwise = lose();
    await enqueue(rig, 20);
    await rig.settle();
    expect(submits(rig)).toBe(3);
    expect(await rig.pauses()).toEqual(['too_many_in_doubt']);
    rig.gateway.otherwise = refuse('message', { reason: 'refused_text' });
    await rig.pass(MINUTE);
    expect(await rig.states()).toEqual({ in_doubt: 3, failed: 17 });
    expect(await rig.pauses()).toEqual([]);
  });

  test('stays closed when they are further apart', async () => {
    const rig = await openRig();
    rig.gateway.otherwise = lose();
    for (let n = 0; n < 6; n++) {
      await enqueue(rig, 1);
      await rig.pass(3 * MINUTE, MINUTE);
    }
    expect(await rig.states()).toEqual({ in_doubt: 6 });
    expect(await rig.pauses()).toEqual([]);
  });

  test('an answer that repeats a campaign id counts as in doubt', async () => {
    const rig = await openRig({ sending: { inFlight: 1 } });
    await enqueue(rig, 1);
    await rig.settle();
    const id = [...rig.gateway.campaigns.keys()][0] ?? '';
    rig.gateway.otherwise = repeatCampaign(id);
    await enqueue(rig, 10);
    await rig.settle();
    expect(submits(rig)).toBe(4);
    expect(await rig.pauses()).toEqual(['too_many_in_doubt']);
  });
});

test('one answer of the gateway serves all pauses that ask for it', async () => {
  const rig = await openRig();
  for (const reason of ['gateway_unreachable', 'too_many_in_doubt', 'no_funds'] as const)
    await rig.ledger.pauses.put({
      account: 'main',
      alphaname: null,
      reason,
      detail: null,
      since: rig.clock.now(),
      probeAt: rig.clock.now(),
      tries: 0,
    });
  await rig.settle();
  expect(await rig.pauses()).toEqual([]);
  expect(rig.gateway.questions).toHaveLength(1);
});
