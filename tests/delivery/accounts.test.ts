import { refuse } from '../support/fake-gateway';
import { intentOf, ruleOf } from '../support/builders';
import { DAY, HOUR, MINUTE } from '../support/fake-clock';
import { openRig } from '../support/rig';

test('not configured: orders wait and leave once the login is there', async () => {
  const rule = ruleOf();
  const rig = await openRig({ account: null, rules: [rule] });
  await rig.write(intentOf([rule]));
  await rig.send();
  await rig.pass(HOUR, MINUTE);
  expect((await rig.messages()).map(({ state, account }) => [state, account])).toEqual([
    ['queued', ''],
    ['queued', ''],
  ]);
  await rig.configure('main');
  await rig.settle();
  expect(await rig.states()).toEqual({ accepted: 2 });
  expect(rig.gateway.submits).toHaveLength(2);
});

test('not configured for too long: they expire visibly', async () => {
  const rig = await openRig({ account: null });
  await rig.send();
  await rig.pass(DAY, HOUR);
  expect(await rig.only()).toMatchObject({ state: 'failed', reason: 'expired_before_sending' });
});

test('a mistyped login: everything follows the corrected one, also what was sealed for the wrong one', async () => {
  const rig = await openRig({ account: 'typo' });
  rig.gateway.lockedOut = true;
  for (let n = 0; n < 40; n++) await rig.send();
  await rig.settle();
  expect((await rig.states()).claimed).toBeGreaterThan(0);
  await rig.configure('right');
  await rig.settle();
  expect(await rig.states()).toEqual({ accepted: 40 });
  expect(rig.gateway.submits).toHaveLength(40);
  expect(new Set((await rig.messages()).map(({ account }) => account))).toEqual(new Set(['right']));
});

test('messages of a login that worked are not moved to another; they expire there and say so', async () => {
  const rig = await openRig({ account: 'shop' });
  await rig.send();
  await rig.settle();
  rig.gateway.otherwise = refuse('account', { pause: 'no_funds' });
  for (let n = 0; n < 30; n++) await rig.send();
  await rig.settle();
  const old = rig.gatewayOf('shop').submits.length;
  await rig.configure('other');
  await rig.send();
  await rig.settle();
  expect(rig.gateway.submits).toHaveLength(1);
  expect(rig.gatewayOf('shop').submits).toHaveLength(old);
  // Queued and sealed ones alike, though their account is not in use any more.
  await rig.pass(DAY + MINUTE, HOUR);
  expect(await rig.states()).toEqual({ accepted: 2, failed: 30 });
});

test('a test gateway that worked keeps its messages to itself', async () => {
  const rig = await openRig({ account: 'simulator' });
  await rig.send();
  await rig.settle();
  const doomed = rig.send();
  await doomed;
  await rig.configure('live');
  await rig.settle();
  expect(rig.gateway.submits).toEqual([]);
});
