import { resolveInDoubt, type Resolution } from '../../server/src/delivery/resolve-in-doubt';
import { eventually } from '../support/eventually';
import { accept, lose, refuse, unavailable, type Treatment } from '../support/fake-gateway';
import { DAY, HOUR, MINUTE, SECOND } from '../support/fake-clock';
import { openRig, type Rig, type RigOptions } from '../support/rig';

const resolve = async (rig: Rig, id: string, resolution: Resolution) =>
  resolveInDoubt(rig.deps, (await rig.message(id)).id, resolution, 'Olena');
const campaignOf = (rig: Rig): string => [...rig.gateway.campaigns.keys()].at(-1) ?? '';

/** Sends one message and stops in the middle; the answer comes when `answer` is called. */
const midway = async (treatment: Treatment, options: RigOptions = {}) => {
  const rig = await openRig(options);
  let answer = (): void => undefined;
  rig.gateway.hold = new Promise<void>((done) => (answer = done));
  rig.gateway.script.push(treatment);
  const { id } = await rig.send();
  await rig.plan();
  const posting = rig.process.send(await rig.sealed(1));
  for (let turn = 0; rig.gateway.submits.length === 0; turn++) {
    if (turn > 1_000) throw new Error('Nothing was posted');
    await new Promise((done) => setImmediate(done));
  }
  rig.gateway.hold = null;
  return { rig, id, answer: () => (answer(), posting) };
};

describe('a process that dies while sending', () => {
  test('leaves it in doubt at the next start, and announces it', async () => {
    const { rig, id } = await midway(accept());
    rig.restart();
    await rig.settle();
    expect(await rig.message(id)).toMatchObject({ state: 'in_doubt', reason: 'process_died' });
    expect(rig.noticed).toEqual([{ id, state: 'in_doubt' }]);
    await rig.pass(2 * DAY, HOUR);
    expect(rig.gateway.submits).toHaveLength(1);
  });

  test('where several processes share the ledger, others wait for the end of its lease', async () => {
    const { rig, id } = await midway(accept(), { sending: { soleInstance: false } });
    const other = rig.startProcess();
    await other.park();
    expect((await rig.message(id)).state).toBe('sending');
    rig.clock.advance(rig.deps.sending.requestTimeoutMs + 30 * SECOND);
    await other.park();
    expect((await rig.message(id)).state).toBe('in_doubt');
  });

  test('a clock that was an hour ahead: others wait a whole lease by their own clock, and no hour', async () => {
    const { rig, id } = await midway(accept(), { sending: { soleInstance: false } });
    rig.clock.advance(-HOUR);
    const other = rig.startProcess();
    const lease = rig.deps.sending.requestTimeoutMs + 30 * SECOND;
    await other.park();
    rig.clock.advance(lease - SECOND);
    await other.park();
    expect((await rig.message(id)).state).toBe('sending');
    rig.clock.advance(SECOND);
    await other.park();
    expect((await rig.message(id)).state).toBe('in_doubt');
    expect(rig.gateway.submits).toHaveLength(1);
  });

  test('a request with an unbelievable lease is watched anew when it is another one', async () => {
    const { rig, id, answer } = await midway(accept(), { sending: { soleInstance: false } });
    rig.clock.advance(-HOUR);
    const other = rig.startProcess();
    await other.park();
    await answer();
    rig.clock.advance(HOUR);
    const second = await rig.send();
    await rig.plan();
    let release = (): void => undefined;
    rig.gateway.hold = new Promise<void>((done) => (release = done));
    const posting = rig.process.send(await rig.sealed(1));
    await eventually(
      () => rig.gateway.submits.length,
      (count) => count === 2,
    );
    rig.clock.advance(-HOUR);
    await other.park();
    expect((await rig.message(second.id)).state).toBe('sending');
    release();
    await posting;
    expect((await rig.message(second.id)).state).toBe('accepted');
    expect((await rig.message(id)).state).toBe('accepted');
  });

  test('it was only slow: its late answer is the proof', async () => {
    const { rig, id, answer } = await midway(accept());
    rig.restart();
    await rig.settle();
    await answer();
    expect(await rig.message(id)).toMatchObject({ state: 'accepted', reason: null, detail: null });
    rig.gateway.say('DELIVERED');
    await rig.pass(MINUTE);
    expect((await rig.message(id)).state).toBe('delivered');
  });

  test.each<[string, Treatment]>([
    ['unavailable', unavailable()],
    ['refused', refuse('message', { reason: 'refused_text' })],
    ['in doubt', lose()],
  ])('its late answer is no acceptance (%s): a person decides, with what was heard', async (_name, treatment) => {
    const { rig, id, answer } = await midway(treatment);
    rig.restart();
    await rig.settle();
    await answer();
    const message = await rig.message(id);
    expect(message).toMatchObject({ state: 'in_doubt', reason: 'process_died' });
    expect(await rig.submissionOf(message)).toMatchObject({
      state: 'in_doubt',
      detail: expect.stringContaining('The sender heard') as string,
    });
    expect(rig.noticed.filter((notice) => notice.id === id)).toEqual([{ id, state: 'in_doubt' }]);
  });

  test('a late answer with a lead brings the lead', async () => {
    const { rig, id, answer } = await midway(lose({ lead: true }));
    rig.restart();
    await rig.settle();
    await answer();
    await rig.pass(MINUTE);
    expect((await rig.message(id)).state).toBe('accepted');
  });

  test('a person was faster: the decision stands, and the late acceptance is told', async () => {
    const { rig, id, answer } = await midway(accept());
    rig.restart();
    await rig.settle();
    expect(await resolve(rig, id, { decision: 'close' })).toEqual({ ok: true, state: 'closed' });
    await answer();
    expect((await rig.message(id)).state).toBe('closed');
    expect(rig.logged.join('\n')).toContain(`campaign ${campaignOf(rig)}`);
  });

  test('a late acceptance does not touch the message that a person sent anew', async () => {
    const { rig, id, answer } = await midway(accept());
    rig.restart();
    await rig.settle();
    expect(await resolve(rig, id, { decision: 'not_sent' })).toEqual({ ok: true, state: 'queued' });
    rig.gateway.script.push(lose());
    await rig.settle();
    await answer();
    expect(await rig.message(id)).toMatchObject({ state: 'in_doubt', campaignId: null, reason: 'answer_lost' });
    expect(rig.gateway.submits).toHaveLength(2);
  });

  test('a person found its campaign: the reports have their full time', async () => {
    const { rig, id } = await midway(accept());
    rig.restart();
    await rig.settle();
    const campaignId = campaignOf(rig);
    expect(await resolve(rig, id, { decision: 'accepted', campaignId })).toEqual({ ok: true, state: 'accepted' });
    await rig.settle();
    expect((await rig.message(id)).state).toBe('accepted');
    rig.gateway.say('DELIVERED');
    await rig.pass(3 * HOUR, MINUTE);
    expect((await rig.message(id)).state).toBe('delivered');
  });
});
