import { cancelMessage } from '../../server/src/delivery/operator';
import { accept, lose, refuse, type Treatment } from '../support/fake-gateway';
import { phone } from '../support/builders';
import { DAY, HOUR } from '../support/fake-clock';
import { openRig, type Rig } from '../support/rig';

const people = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => ({ to: phone(n), text: text(n) }));

/** Refuses a request as soon as one of its messages is bad, like the gateway does. */
const refuseAny =
  (
    bad: (message: { recipient: string; text: string }) => boolean,
    reason: 'refused_text' | 'refused_phone',
  ): Treatment =>
  (request, gateway) =>
    (request.messages.some(bad) ? refuse('message', { reason }) : accept())(request, gateway);

const once = (rig: Rig): boolean => [...rig.gateway.reached().values()].every((count) => count === 1);

describe('a campaign that is refused for one of its members', () => {
  test('a text for each: only the bad one fails, the others are sent once', async () => {
    const rig = await openRig();
    rig.gateway.otherwise = refuseAny(({ text }) => text === 'Code 77', 'refused_text');
    await rig.sendMany({ messages: people(311, (n) => `Code ${n}`), individual: true });
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 310, failed: 1 });
    expect((await rig.messages()).filter(({ state }) => state === 'failed')).toMatchObject([
      { text: 'Code 77', reason: 'refused_text' },
    ]);
    expect(once(rig)).toBe(true);
    expect(rig.gateway.submits.length).toBeLessThanOrEqual(5 + 2 * 7);
    expect(rig.noticed.filter(({ state }) => state === 'failed')).toHaveLength(1);
  });

  test('one text for all: a bad number costs nobody else the text', async () => {
    const rig = await openRig();
    rig.gateway.otherwise = refuseAny(({ recipient }) => recipient === phone(5), 'refused_phone');
    await rig.sendMany({ messages: people(111, () => 'Sale') });
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 110, failed: 1 });
    expect(once(rig)).toBe(true);
  });

  test('all of them bad: all fail, with at most two requests for each', async () => {
    const rig = await openRig();
    rig.gateway.script.push(accept());
    rig.gateway.otherwise = refuseAny(() => true, 'refused_text');
    await rig.sendMany({ messages: people(11, (n) => `Code ${n}`), individual: true });
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 1, failed: 10 });
    expect(rig.gateway.submits).toHaveLength(1 + 19);
  });

  test('a part whose answer is lost is in doubt and is not sent again', async () => {
    const rig = await openRig();
    await rig.sendMany({ messages: people(11, (n) => `Code ${n}`), individual: true });
    rig.gateway.script.push(accept(), refuse('message', { reason: 'refused_text' }), lose());
    await rig.settle();
    await rig.pass(2 * DAY, HOUR);
    expect((await rig.states()).in_doubt).toBe(5);
    expect(once(rig)).toBe(true);
    expect(rig.gateway.reached().size).toBe(11);
  });

  test('the parts survive a restart, and the one who heard the refusal does nothing more', async () => {
    const rig = await openRig();
    await rig.sendMany({ messages: people(11, (n) => `Code ${n}`), individual: true });
    rig.gateway.script.push(accept(), refuse('message', { reason: 'refused_text' }));
    await rig.plan();
    await rig.post();
    await rig.plan();
    await rig.post();
    expect(await rig.states()).toEqual({ accepted: 1, claimed: 10 });
    rig.restart();
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 11 });
    expect(once(rig)).toBe(true);
    expect(rig.gateway.submits.map(({ request }) => request.messages.length)).toEqual([1, 10, 5, 5]);
  });

  test('the next step of the ramp waits for the parts', async () => {
    const rig = await openRig({ sending: { inFlight: 1 } });
    await rig.sendMany({ messages: people(211, (n) => `Code ${n}`), individual: true });
    rig.gateway.script.push(accept(), refuse('message', { reason: 'refused_text' }));
    for (let turn = 0; turn < 2; turn++) {
      await rig.plan();
      await rig.post();
    }
    await rig.plan();
    expect(await rig.states()).toEqual({ accepted: 1, claimed: 10, queued: 200 });
  });

  test('a person may call a member back while its part waits', async () => {
    const rig = await openRig();
    await rig.sendMany({ messages: people(3, (n) => `Code ${n}`), individual: true });
    rig.gateway.script.push(accept(), refuse('message', { reason: 'refused_text' }));
    await rig.plan();
    await rig.post();
    await rig.plan();
    await rig.post();
    const [member] = (await rig.messages()).filter(({ state }) => state === 'claimed');
    expect(await cancelMessage(rig.deps, (member ?? (await rig.only())).id)).toMatchObject({ ok: true });
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 2, cancelled: 1 });
    expect(rig.gateway.reached().size).toBe(2);
  });
});
