import { accept, lose, refuse, unavailable } from '../support/fake-gateway';
import { HOUR, MINUTE, SECOND } from '../support/fake-clock';
import { eventually } from '../support/eventually';
import { openRig, type Rig, type RigOptions } from '../support/rig';

const submits = (rig: Rig): number => rig.gateway.submits.length;
const once = (rig: Rig): boolean => [...rig.gateway.reached().values()].every((count) => count === 1);

/** A site whose breaker has opened, with many messages waiting. */
const tripped = async (options: RigOptions = {}): Promise<Rig> => {
  const rig = await openRig({ sending: { inFlight: 4 }, ...options });
  rig.gateway.otherwise = lose();
  await rig.sendCalls(60);
  await rig.settle();
  expect(await rig.pauses()).toEqual(['too_many_in_doubt']);
  expect(submits(rig)).toBe(4);
  return rig;
};

/** Posts, and keeps the gateway's answer back once so many requests have reached it. */
const postUnanswered = async (rig: Rig, requests: number): Promise<{ answer: () => void; posted: Promise<number> }> => {
  let answer = (): void => undefined;
  rig.gateway.hold = new Promise<void>((resolve) => (answer = resolve));
  const posted = rig.post();
  await eventually(
    () => submits(rig),
    (count) => count === requests,
  );
  return { answer: () => answer(), posted };
};

/** The next readers of the pauses go on only when that many have read the same. Resolves then. */
const sawTogether = (rig: Rig, readers: number): Promise<void> => {
  let all = (): void => undefined;
  const together = new Promise<void>((resolve) => (all = resolve));
  const read = rig.ledger.pauses.remembered.bind(rig.ledger.pauses);
  let count = 0;
  jest.spyOn(rig.ledger.pauses, 'remembered').mockImplementation(async (keys) => {
    const found = await read(keys);
    if (++count === readers) all();
    if (count <= readers) await together;
    return found;
  });
  return together;
};

describe('after the breaker', () => {
  test('one request proves the way, whoever asks; with its answer all slots open', async () => {
    const rig = await tripped();
    rig.gateway.otherwise = accept();
    rig.clock.advance(MINUTE);
    await rig.chores();
    expect(await rig.pauses()).toEqual([]);
    const { answer, posted } = await postUnanswered(rig, 5);
    expect(await rig.post()).toBe(0);
    const other = rig.startProcess();
    const ids = (await rig.ledger.submissions.sealed({ account: 'main', limit: 9, exceptAlphanames: [] })).map(
      ({ id }) => id,
    );
    expect(ids.length).toBeGreaterThan(2);
    await other.send(ids);
    expect(submits(rig)).toBe(5);
    answer();
    rig.gateway.hold = null;
    await posted;
    expect(await rig.post()).toBe(4);
    expect(submits(rig)).toBe(9);
    await rig.settle();
    expect(await rig.states()).toEqual({ in_doubt: 4, accepted: 56 });
    expect(once(rig)).toBe(true);
  });

  test('several instances that look at once choose one request between them', async () => {
    const rig = await tripped({ sending: { inFlight: 4, soleInstance: false } });
    rig.gateway.otherwise = accept();
    rig.clock.advance(MINUTE);
    await rig.chores();
    const ids = await rig.sealed(9);
    expect(ids.length).toBeGreaterThan(2);
    let answer = (): void => undefined;
    rig.gateway.hold = new Promise<void>((resolve) => (answer = resolve));
    const instances = [rig.process, rig.startProcess(), rig.startProcess()];
    const seen = sawTogether(rig, instances.length);
    const sent = Promise.all(instances.map(({ send }, n) => send(ids.slice(n, n + 1))));
    await seen;
    await eventually(
      () => submits(rig),
      (count) => count > 4,
    );
    // Whoever came too late has given up by the time that another commit of this ledger is through.
    for (let turns = 0; turns < 100; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(submits(rig)).toBe(5);
    answer();
    rig.gateway.hold = null;
    await sent;
    await rig.settle();
    expect(await rig.states()).toEqual({ in_doubt: 4, accepted: 56 });
    expect(once(rig)).toBe(true);
  });

  test('the request that was chosen leaves, also when the choice cannot be given back', async () => {
    const rig = await tripped({ sending: { inFlight: 4, soleInstance: false } });
    rig.gateway.otherwise = accept();
    rig.clock.advance(MINUTE);
    await rig.chores();
    jest.spyOn(rig.ledger.leases, 'release').mockRejectedValueOnce(new Error('the database is away'));
    await rig.process.send(await rig.sealed(1));
    expect(submits(rig)).toBe(5);
    expect(await rig.states()).toMatchObject({ in_doubt: 4, accepted: 1 });
  });

  test('a clear no proves it as well', async () => {
    const rig = await tripped();
    rig.gateway.script.push(refuse('message', { reason: 'refused_text' }));
    rig.gateway.otherwise = accept();
    await rig.pass(MINUTE);
    expect(await rig.states()).toEqual({ in_doubt: 4, failed: 1, accepted: 55 });
  });

  test('while answers keep getting lost, each look costs one message, and the looks grow rare', async () => {
    const rig = await tripped();
    const began = rig.clock.now();
    await rig.pass(2 * HOUR, 5 * SECOND);
    const tries = rig.gateway.submits.filter(({ at }) => at > began).map(({ at }) => at);
    expect(new Set(tries).size).toBe(tries.length); // never two at once
    expect(tries.length).toBeLessThan(40);
    const waits = tries.map((at, index) => at - (tries[index - 1] ?? began));
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(3 * MINUTE);
    expect(await rig.pauses()).toEqual(['too_many_in_doubt']);
    rig.gateway.otherwise = accept();
    await rig.pass(10 * MINUTE);
    expect((await rig.states()).accepted).toBe(60 - 4 - tries.length);
    expect(once(rig)).toBe(true);
  });

  test('nothing to send for an hour: still one request goes first', async () => {
    const rig = await openRig({ sending: { inFlight: 4 } });
    rig.gateway.otherwise = lose();
    await rig.sendCalls(4);
    await rig.settle();
    await rig.pass(HOUR, MINUTE);
    await rig.sendCalls(20);
    await rig.plan();
    await rig.post();
    expect(submits(rig)).toBe(5);
    await rig.settle();
    expect(submits(rig)).toBe(5); // that one in doubt is enough
    expect(await rig.pauses()).toEqual(['too_many_in_doubt']);
  });

  test('the smallest request goes first: a campaign would put a hundred in doubt', async () => {
    const rig = await openRig({ sending: { inFlight: 4 } });
    await rig.sendMany({
      messages: Array.from({ length: 111 }, (_, n) => ({ to: `+38050${1_000_000 + n}`, text: 'Sale' })),
    });
    for (let turn = 0; turn < 2; turn++) {
      await rig.plan();
      await rig.post();
    }
    await rig.plan();
    rig.gateway.otherwise = lose();
    await rig.ledger.pauses.put({
      account: 'main',
      alphaname: null,
      reason: 'too_many_in_doubt',
      detail: null,
      since: rig.clock.now(),
      probeAt: rig.clock.now() + SECOND,
      tries: 0,
    });
    rig.clock.advance(MINUTE);
    await rig.chores();
    await rig.sendCalls(3);
    await rig.plan();
    await rig.post();
    expect(rig.gateway.submits.at(-1)?.request.messages).toHaveLength(1);
    expect(await rig.pauses()).toEqual(['too_many_in_doubt']);
  });
});

describe('a pause that comes back', () => {
  test('within a minute goes on with its wait', async () => {
    const rig = await openRig({ sending: { inFlight: 1 } });
    rig.gateway.otherwise = unavailable(); // answers questions, takes no requests
    await rig.sendCalls(10);
    await rig.settle();
    await rig.pass(HOUR, SECOND);
    // Two seconds at first, a minute in the end.
    expect(submits(rig)).toBeLessThan(100);
    expect(submits(rig)).toBeGreaterThan(50);
    rig.gateway.otherwise = accept();
    await rig.pass(2 * MINUTE, SECOND);
    expect(await rig.states()).toEqual({ accepted: 10 });
  });

  test('half a minute after it was over, too', async () => {
    const rig = await openRig({ sending: { inFlight: 1 } });
    rig.gateway.script.push(unavailable());
    await rig.sendCalls(1);
    await rig.pass(5 * SECOND, SECOND);
    expect(await rig.states()).toEqual({ accepted: 1 });
    await rig.pass(30 * SECOND, SECOND);
    rig.gateway.script.push(unavailable());
    await rig.sendCalls(1);
    await rig.plan();
    await rig.post();
    expect(await rig.ledger.pauses.list('main')).toMatchObject([
      { tries: 1, since: rig.clock.now(), probeAt: rig.clock.now() + 3 * SECOND },
    ]);
  });

  test('later than that begins anew', async () => {
    const rig = await openRig({ sending: { inFlight: 1 } });
    for (let round = 0; round < 5; round++) {
      rig.gateway.script.push(unavailable());
      await rig.sendCalls(1);
      await rig.pass(2 * MINUTE, SECOND);
      expect((await rig.states()).accepted).toBe(round + 1);
      expect(await rig.ledger.pauses.healed('main')).toEqual([]);
    }
    const { submits: requests } = rig.gateway;
    for (let round = 0; round < 5; round++)
      expect((requests[2 * round + 1]?.at ?? 0) - (requests[2 * round]?.at ?? 0)).toBeLessThanOrEqual(3 * SECOND);
  });
});

describe('a refused sender name of which the gateway does not say whether it may be used', () => {
  const open = async (): Promise<Rig> => {
    const rig = await openRig({ sending: { inFlight: 4 } });
    rig.gateway.refusedAlphanames.add('Bad');
    for (let n = 0; n < 30; n++) await rig.send({ alphaname: 'Bad' });
    await rig.settle();
    expect(submits(rig)).toBe(4);
    return rig;
  };

  test.each([
    ['no known word', { kind: 'ok', value: null } as const],
    ['a denial of the question', { kind: 'unknown' } as const],
  ])('%s: one message finds out, ever more rarely, and others pass', async (_, answer) => {
    const rig = await open();
    rig.gateway.alphanameUsable = () => Promise.resolve(answer);
    await rig.pass(6 * HOUR, 10 * SECOND);
    expect(submits(rig)).toBeLessThan(4 + 50);
    expect(submits(rig)).toBeGreaterThan(4 + 20);
    expect(await rig.pauses()).toEqual(['alphaname_refused']);
    await rig.sendCalls(10);
    await rig.settle();
    expect((await rig.states()).accepted).toBe(10);
    rig.gateway.refusedAlphanames.clear();
    await rig.pass(16 * MINUTE, 10 * SECOND);
    expect(await rig.states()).toEqual({ accepted: 40 });
    expect(once(rig)).toBe(true);
  });

  test('one request under that name at a time', async () => {
    const rig = await open();
    rig.gateway.alphanameUsable = () => Promise.resolve({ kind: 'ok', value: null });
    rig.clock.advance(MINUTE);
    await rig.chores();
    await rig.plan();
    const { answer, posted } = await postUnanswered(rig, 5);
    expect(await rig.sealed(9)).toEqual([]);
    answer();
    await posted;
    expect(submits(rig)).toBe(5);
    expect(await rig.pauses()).toEqual(['alphaname_refused']);
  });

  test('a clear no of the gateway lets none try', async () => {
    const rig = await open();
    await rig.pass(3 * HOUR, MINUTE);
    expect(submits(rig)).toBe(4);
  });
});
