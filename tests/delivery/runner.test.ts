import { createEmbeddedEngine } from '../../server/src/delivery/embedded-engine';
import { createEvidence } from '../../server/src/delivery/evidence';
import { createLocalPace } from '../../server/src/delivery/pace';
import type { Engine, Gate } from '../../server/src/delivery/ports';
import { createRunner, type Role, type Runner } from '../../server/src/delivery/runner';
import { intentOf, ruleOf } from '../support/builders';
import { eventually } from '../support/eventually';
import { lose } from '../support/fake-gateway';
import { HOUR, SECOND } from '../support/fake-clock';
import { openRig, type Rig } from '../support/rig';

const RULE = ruleOf();
let rig: Rig;
let runner: Runner | null = null;
let engine: Engine | null = null;

const engineOf = (): Engine =>
  createEmbeddedEngine({ ...rig.process, pace: createLocalPace(rig.clock, rig.deps.sending) });
const start = async (role: Role = 'all', gate: Gate = { closed: () => null }): Promise<Runner> => {
  runner = createRunner({ ...rig.process, engine: engineOf(), gate, role, retentionDays: null });
  await runner.start();
  return runner;
};
const turnsOfTheEventLoop = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(async () => {
  rig = await openRig({ rules: [RULE], sending: { requestsPerSecond: 1_000, pollIntervalMs: 20 } });
});
afterEach(async () => {
  await runner?.stop(1_000);
  await engine?.stop(1_000);
  [runner, engine] = [null, null];
});

test('work that nobody announced is found', async () => {
  await start();
  await rig.write(intentOf([RULE]));
  await eventually(rig.states, (states) => states.accepted === 1);
  expect(runner?.health()).toEqual({ intake: null, sending: null, reports: null, chores: null });
});

test('a nudge shortens the wait', async () => {
  const slow = await openRig({ rules: [RULE], sending: { requestsPerSecond: 1_000, pollIntervalMs: 600_000 } });
  rig = slow;
  const running = await start();
  await turnsOfTheEventLoop(50);
  await rig.write(intentOf([RULE]));
  running.nudge({ kind: 'intent' });
  await eventually(rig.states, (states) => states.accepted === 1);
});

test('what an earlier process left on its way is parked at the start', async () => {
  rig.gateway.hold = new Promise(() => undefined);
  await rig.send();
  await rig.plan();
  void rig.process.send(await rig.sealed(1));
  await eventually(rig.states, (states) => states.sending === 1);
  rig.restart();
  await start();
  expect(await rig.states()).toEqual({ in_doubt: 1 });
});

test('a closed gate stops everything, a process for the web sends nothing', async () => {
  await rig.write(intentOf([RULE]));
  await start('all', { closed: () => ({ reason: 'copied_database', detail: 'A copy.' }) });
  await turnsOfTheEventLoop(50);
  await runner?.stop(1_000);
  await start('web');
  await turnsOfTheEventLoop(50);
  expect(await rig.decisions()).toEqual([]);
  expect(rig.gateway.submits).toEqual([]);
});

test('stopping lets a request finish, but waits no longer than the drain time', async () => {
  let answer = (): void => undefined;
  rig.gateway.hold = new Promise<void>((resolve) => (answer = resolve));
  await rig.send();
  const running = await start();
  await eventually(
    () => rig.gateway.submits.length,
    (count) => count === 1,
  );
  const stopping = running.stop(600_000);
  answer();
  await stopping;
  expect(await rig.states()).toEqual({ accepted: 1 });
});

test('a question to a gateway that hangs does not hold up the stop', async () => {
  await rig.send();
  await rig.settle();
  rig.clock.advance(10 * SECOND);
  let asked = false;
  rig.gateway.messageStatus = () => {
    asked = true;
    return new Promise(() => undefined);
  };
  const running = await start();
  await eventually(
    () => asked,
    (seen) => seen,
  );
  await running.stop(10);
});

test('an engine whose handler fails does not spin', async () => {
  const idle = await openRig({ sending: { requestsPerSecond: 10_000, pollIntervalMs: 600_000 } });
  rig = idle;
  await rig.send();
  await rig.plan();
  let calls = 0;
  engine = engineOf();
  await engine.start(() => {
    calls++;
    return Promise.reject(new Error('disk full'));
  });
  await turnsOfTheEventLoop(200);
  expect(calls).toBe(1);
  expect(rig.logged.join()).toContain('disk full');
  expect(engine.health().running).toBe(true);
  await engine.stop(1_000);
  expect(engine.health().running).toBe(false);
});

describe('evidence for people', () => {
  test('the balance before and after a request in doubt', async () => {
    const gather = createEvidence(rig.deps);
    await gather(rig.account());
    rig.clock.advance(SECOND);
    rig.gateway.script.push(lose());
    await rig.send();
    await rig.settle();
    rig.gateway.funds = '999.50';
    rig.clock.advance(40 * SECOND);
    await gather(rig.account());
    expect(await rig.submissionOf(await rig.only())).toMatchObject({
      state: 'in_doubt',
      balanceBefore: '1000.00',
      balanceAfter: '999.50',
    });
  });

  test.each(['lockedOut', 'down'] as const)('is not asked for while the account pauses (%s)', async (trouble) => {
    const gather = createEvidence(rig.deps);
    rig.gateway[trouble] = true;
    await rig.send();
    await rig.settle();
    const asked = rig.gateway.questions.length;
    for (const end = rig.clock.now() + HOUR; rig.clock.now() < end; rig.clock.advance(10 * SECOND))
      await gather(rig.account());
    expect(rig.gateway.questions).toHaveLength(asked);
  });
});
