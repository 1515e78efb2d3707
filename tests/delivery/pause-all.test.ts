import { pauseAll, resumeAll, SENDING } from '../../server/src/delivery/pause-all';
import { pausesOf, probeSoon } from '../../server/src/delivery/pauses';
import { HOUR, MINUTE } from '../support/fake-clock';
import { openRig, type Rig } from '../support/rig';

const submits = (rig: Rig): number => rig.gateway.submits.length;
const shown = async (rig: Rig, account: string | null = 'main') =>
  (await pausesOf(rig.ledger, account)).map(({ reason, detail, probeAt }) => ({ reason, detail, probeAt }));
const BY_OLENA = { reason: 'by_person', detail: 'Olena', probeAt: null };

test('nothing leaves until a person resumes, and nobody else does', async () => {
  const rig = await openRig();
  expect(await pauseAll(rig.deps, 'Olena')).toBe(true);
  await rig.send();
  await rig.settle();
  // Everything that ends other pauses: time, a good answer of the gateway, the button that tests the connection, a restart.
  await rig.pass(3 * HOUR, MINUTE);
  await probeSoon(rig.deps, 'main');
  rig.restart();
  await rig.settle();
  expect([submits(rig), await rig.states()]).toEqual([0, { queued: 1 }]);
  expect(await shown(rig)).toEqual([BY_OLENA]);

  expect(await resumeAll(rig.deps, 'Taras')).toBe(true);
  await rig.settle();
  expect([submits(rig), await rig.states()]).toEqual([1, { accepted: 1 }]);
  expect(await shown(rig)).toEqual([]);
});

test('what is sealed already stays, what is on its way keeps its answer', async () => {
  const rig = await openRig();
  await rig.send();
  await rig.plan();
  const [going] = await rig.sealed(1);
  if (!going) throw new Error('Nothing was sealed');
  let answer = (): void => undefined;
  rig.gateway.hold = new Promise<void>((done) => (answer = done));
  const posting = rig.process.send([going]);
  while (submits(rig) === 0) await new Promise((done) => setImmediate(done));
  await rig.send();
  await rig.plan();
  const [waiting] = await rig.sealed(1);
  if (!waiting) throw new Error('Nothing was sealed behind it');

  await pauseAll(rig.deps, 'Olena');
  // The list of an engine may be older than the pause.
  await rig.process.send([waiting]);
  answer();
  await posting;
  await rig.settle();
  expect([submits(rig), await rig.states()]).toEqual([1, { accepted: 1, claimed: 1 }]);
  await resumeAll(rig.deps, 'Olena');
  await rig.settle();
  expect([submits(rig), await rig.states()]).toEqual([2, { accepted: 2 }]);
});

test('delivery reports go on being asked for', async () => {
  const rig = await openRig();
  await rig.send();
  await rig.settle();
  await pauseAll(rig.deps, 'Olena');
  rig.gateway.say('DELIVERED');
  await rig.pass(HOUR, MINUTE);
  expect(await rig.states()).toEqual({ delivered: 1 });
});

test('it holds for whatever login comes: none, the first one, another one', async () => {
  const rig = await openRig({ account: null });
  await pauseAll(rig.deps, 'Olena');
  expect(await shown(rig, null)).toEqual([BY_OLENA]);
  await rig.send();
  for (const login of ['main', 'other']) {
    await rig.configure(login);
    await rig.settle();
    expect([submits(rig), await shown(rig, login)]).toEqual([0, [BY_OLENA]]);
  }
  await resumeAll(rig.deps, 'Olena');
  await rig.settle();
  expect(submits(rig)).toBe(1);
});

test('another pause stays when a person resumes', async () => {
  const rig = await openRig();
  rig.gateway.funds = '0.00';
  await rig.send();
  await rig.settle();
  await pauseAll(rig.deps, 'Olena');
  await resumeAll(rig.deps, 'Olena');
  expect(await rig.pauses()).toEqual(['no_funds']);
});

test('pressed twice it is one pause, and the log names who did what and when', async () => {
  const rig = await openRig();
  const began = rig.clock.now();
  expect(await resumeAll(rig.deps, 'Taras')).toBe(false);
  expect(await pauseAll(rig.deps, 'Olena')).toBe(true);
  rig.clock.advance(MINUTE);
  expect(await pauseAll(rig.deps, 'Taras')).toBe(false);
  expect(await pausesOf(rig.ledger, 'main')).toMatchObject([{ ...BY_OLENA, since: began }]);
  expect(await resumeAll(rig.deps, 'Taras')).toBe(true);
  expect(await resumeAll(rig.deps, 'Olena')).toBe(false);
  expect(await rig.ledger.audit.byTarget(SENDING)).toMatchObject([
    { who: 'Olena', action: 'sending.pause', at: began },
    { who: 'Taras', action: 'sending.resume', at: began + MINUTE },
  ]);
});
