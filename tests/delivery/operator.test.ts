import { cancelMessage, checkNow, releaseMessage } from '../../server/src/delivery/operator';
import type { MessageId } from '../../server/src/domain/brands';
import { phone } from '../support/builders';
import { DAY, HOUR, MINUTE } from '../support/fake-clock';
import { openRig, type Rig } from '../support/rig';

const cancel = async (rig: Rig, id: string) => cancelMessage(rig.deps, (await rig.message(id)).id);
const NOBODY = 'nobody' as MessageId; // an id that does not exist

describe('calling a message back', () => {
  test('while it waits', async () => {
    const rig = await openRig();
    const { id } = await rig.send({ dueAt: rig.clock.now() + HOUR });
    expect(await cancel(rig, id)).toEqual({ ok: true, state: 'cancelled' });
    expect(await rig.message(id)).toMatchObject({ reason: 'cancelled_by_person', finalAt: rig.clock.now() });
    await rig.pass(DAY, HOUR);
    expect(rig.gateway.submits).toEqual([]);
    expect(rig.noticed).toEqual([{ id, state: 'cancelled' }]);
  });

  test('while its request waits sealed behind a pause', async () => {
    const rig = await openRig();
    const { id } = await rig.send();
    await rig.plan();
    expect((await rig.message(id)).state).toBe('claimed');
    expect(await cancel(rig, id)).toEqual({ ok: true, state: 'cancelled' });
    await rig.settle();
    expect(rig.gateway.submits).toEqual([]);
    expect(await rig.sealed(10)).toEqual([]);
  });

  test('out of a sealed campaign: the others of it go on', async () => {
    const rig = await openRig();
    await rig.sendMany({ messages: Array.from({ length: 11 }, (_, n) => ({ to: phone(n), text: 'Sale' })) });
    await rig.plan();
    await rig.post();
    await rig.plan();
    const claimed = (await rig.messages()).filter(({ state }) => state === 'claimed');
    expect(claimed).toHaveLength(10);
    expect(await cancel(rig, claimed[4]?.id ?? '')).toMatchObject({ ok: true });
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 10, cancelled: 1 });
    expect(rig.gateway.reached().size).toBe(10);
  });

  test('not while it is being sent, and not afterwards', async () => {
    const rig = await openRig();
    let answer = (): void => undefined;
    rig.gateway.hold = new Promise<void>((done) => (answer = done));
    const { id } = await rig.send();
    await rig.plan();
    const posting = rig.post();
    while (rig.gateway.submits.length === 0) await new Promise((done) => setImmediate(done));
    expect(await cancel(rig, id)).toMatchObject({ ok: false });
    answer();
    await posting;
    expect(await cancel(rig, id)).toMatchObject({ ok: false });
    expect((await rig.message(id)).state).toBe('accepted');
  });

  test('at the moment it leaves: called back or sent, never both', async () => {
    for (let round = 0; round < 10; round++) {
      const rig = await openRig();
      const { id } = await rig.send();
      await rig.plan();
      const posting = rig.post();
      for (let wait = 0; wait < round; wait++) await Promise.resolve();
      const done = await cancel(rig, id);
      await posting;
      expect([(await rig.message(id)).state, rig.gateway.submits.length]).toEqual(
        done.ok ? ['cancelled', 0] : ['accepted', 1],
      );
    }
  });

  test('one that does not exist', async () => {
    expect(await cancelMessage((await openRig()).deps, NOBODY)).toMatchObject({ ok: false });
  });
});

describe('held messages', () => {
  const held = async (): Promise<{ rig: Rig; id: string }> => {
    const rig = await openRig();
    const { id } = await rig.send();
    await rig.ledger.messages.holdWaiting('The database was copied.', rig.clock.now() + 1);
    return { rig, id };
  };

  test('wait for a person, and get a day of their own when let go', async () => {
    const { rig, id } = await held();
    await rig.pass(20 * HOUR, HOUR);
    expect((await rig.message(id)).state).toBe('held');
    expect(await releaseMessage(rig.deps, (await rig.message(id)).id)).toEqual({ ok: true, state: 'queued' });
    expect((await rig.message(id)).expiresAt).toBe(rig.clock.now() + DAY);
    await rig.settle();
    expect(await rig.message(id)).toMatchObject({ state: 'accepted', detail: null });
    expect(await releaseMessage(rig.deps, (await rig.message(id)).id)).toMatchObject({ ok: false });
    expect(await releaseMessage(rig.deps, NOBODY)).toMatchObject({ ok: false });
  });

  test('can be called back, and expire', async () => {
    const { rig, id } = await held();
    expect(await cancel(rig, id)).toEqual({ ok: true, state: 'cancelled' });
    const other = await held();
    await other.rig.pass(DAY + MINUTE, HOUR);
    expect(await other.rig.message(other.id)).toMatchObject({ state: 'failed', reason: 'expired_before_sending' });
  });
});

test('asking now needs something to ask about', async () => {
  const rig = await openRig();
  const { id } = await rig.send();
  expect(await checkNow(rig.deps, (await rig.message(id)).id)).toMatchObject({ ok: false });
  expect(await checkNow(rig.deps, NOBODY)).toMatchObject({ ok: false });
  await rig.settle();
  rig.gateway.say('DELIVERED');
  expect(await checkNow(rig.deps, (await rig.message(id)).id)).toEqual({ ok: true, state: 'delivered' });
});
