import { resolveInDoubt, type Resolution } from '../../server/src/delivery/resolve-in-doubt';
import type { Message } from '../../server/src/domain/message';
import { accept, acceptPartly, lose, type Treatment } from '../support/fake-gateway';
import { DAY, HOUR, MINUTE, SECOND } from '../support/fake-clock';
import { phone } from '../support/builders';
import { openRig, type Rig, type RigOptions } from '../support/rig';

/** A site with one message in doubt. */
const doubtful = async (treatment: Treatment = lose(), options: RigOptions = {}): Promise<{ rig: Rig; id: string }> => {
  const rig = await openRig(options);
  rig.gateway.script.push(treatment);
  const { id } = await rig.send();
  await rig.settle();
  expect(await rig.message(id)).toMatchObject({ state: 'in_doubt', reason: 'answer_lost' });
  return { rig, id };
};
const resolve = async (rig: Rig, id: string, resolution: Resolution) =>
  resolveInDoubt(rig.deps, (await rig.message(id)).id, resolution, 'Olena');
const campaignOf = (rig: Rig): string => [...rig.gateway.campaigns.keys()].at(-1) ?? '';

test('in doubt is never sent again, by no amount of turns and time', async () => {
  const { rig, id } = await doubtful(lose({ arrived: false }));
  await rig.pass(DAY, 10 * MINUTE);
  rig.restart();
  await rig.pass(10 * DAY, HOUR);
  rig.clock.advance(-5 * DAY);
  await rig.settle();
  expect(rig.gateway.submits).toHaveLength(1);
  expect(await rig.message(id)).toMatchObject({ state: 'in_doubt' });
});

describe('a lead', () => {
  test('that is ours turns doubt into acceptance, and reports follow', async () => {
    const { rig, id } = await doubtful(lose({ lead: true }));
    rig.gateway.say('DELIVERED');
    await rig.pass(HOUR, 5 * SECOND);
    expect(await rig.message(id)).toMatchObject({ state: 'delivered', campaignId: campaignOf(rig) });
  });

  const led = async (campaign: (rig: Rig) => string): Promise<Message['state']> => {
    const rig = await openRig();
    const lead = campaign(rig);
    rig.gateway.script.push(lose({ arrived: false, lead }));
    const { id } = await rig.send({ to: phone(1) });
    await rig.settle();
    await rig.pass(MINUTE, SECOND);
    await rig.pass(3 * DAY, HOUR);
    return (await rig.message(id)).state;
  };
  test('with other recipients proves nothing', async () => {
    expect(await led((rig) => rig.gateway.open([phone(2)]).id)).toBe('in_doubt');
    expect(await led((rig) => rig.gateway.open([phone(1), phone(2)]).id)).toBe('in_doubt');
    expect(await led((rig) => rig.gateway.open([]).id)).toBe('in_doubt');
  });
  test('of another time proves nothing', async () => {
    const state = await led((rig) => {
      rig.clock.advance(-HOUR);
      const { id } = rig.gateway.open([phone(1)]);
      rig.clock.advance(HOUR);
      return id;
    });
    expect(state).toBe('in_doubt');
  });
  test('that the gateway does not know proves nothing', async () => expect(await led(() => '999')).toBe('in_doubt'));
  test('that another request holds proves nothing', async () => {
    const rig = await openRig();
    await rig.send({ to: phone(1) });
    await rig.settle();
    rig.gateway.script.push(lose({ arrived: false, lead: campaignOf(rig) }));
    const { id } = await rig.send({ to: phone(1) });
    await rig.settle();
    await rig.pass(HOUR, MINUTE);
    expect((await rig.message(id)).state).toBe('in_doubt');
  });
  test('is asked about no more than the schedule allows', async () => {
    const { rig } = await doubtful(lose({ arrived: false, lead: '999' }));
    await rig.pass(5 * DAY, HOUR);
    expect(rig.gateway.questions.length).toBeLessThan(50);
    const asked = rig.gateway.questions.length;
    await rig.pass(5 * DAY, HOUR);
    expect(rig.gateway.questions).toHaveLength(asked);
  });
});

describe('a person decides', () => {
  const audit = async (rig: Rig, id: string) =>
    (await rig.ledger.audit.byTarget(id)).map(({ who, action, detail }) => [who, action, detail]);

  test('not sent: it goes out once more, with a day of its own', async () => {
    const { rig, id } = await doubtful(lose({ arrived: false }));
    await rig.pass(3 * DAY, HOUR);
    expect(await resolve(rig, id, { decision: 'not_sent' })).toEqual({ ok: true, state: 'queued' });
    await rig.settle();
    expect(await rig.message(id)).toMatchObject({ state: 'accepted', attempts: 2 });
    expect(rig.gateway.submits).toHaveLength(2);
    expect(await audit(rig, id)).toEqual([['Olena', 'in_doubt.not_sent', null]]);
  });

  test('closed: it ends, and nothing is sent', async () => {
    const { rig, id } = await doubtful();
    expect(await resolve(rig, id, { decision: 'close' })).toEqual({ ok: true, state: 'closed' });
    expect(await rig.message(id)).toMatchObject({
      state: 'closed',
      reason: 'closed_by_person',
      finalAt: rig.clock.now(),
    });
    await rig.pass(DAY, HOUR);
    expect(rig.gateway.submits).toHaveLength(1);
    expect(rig.noticed.at(-1)).toEqual({ id, state: 'closed' });
    expect(await audit(rig, id)).toEqual([['Olena', 'in_doubt.close', null]]);
  });

  test('accepted, with the campaign id from the cabinet: checked, then followed to its end', async () => {
    const { rig, id } = await doubtful();
    await rig.pass(HOUR, MINUTE);
    const campaignId = campaignOf(rig);
    expect(await resolve(rig, id, { decision: 'accepted', campaignId })).toEqual({ ok: true, state: 'accepted' });
    await rig.settle();
    expect((await rig.message(id)).state).toBe('accepted');
    rig.gateway.say('DELIVERED');
    await rig.pass(3 * HOUR, MINUTE);
    expect((await rig.message(id)).state).toBe('delivered');
    expect(await audit(rig, id)).toEqual([['Olena', 'in_doubt.accepted', `campaign ${campaignId}`]]);
  });

  test.each<[string, (rig: Rig) => void, string, string]>([
    ['of other people', (rig) => void rig.gateway.open([phone(1)], '5'), '5', 'other recipients'],
    ['nobody knows', () => undefined, '6', 'knows no campaign'],
    ['while the gateway is away', (rig) => void (rig.gateway.down = true), '7', 'could not be asked'],
  ])('a campaign %s is not taken', async (_name, prepare, campaignId, words) => {
    const { rig, id } = await doubtful();
    prepare(rig);
    const resolved = await resolve(rig, id, { decision: 'accepted', campaignId });
    expect(resolved).toEqual({ ok: false, message: expect.stringContaining(words) as string });
    expect((await rig.message(id)).state).toBe('in_doubt');
    expect(await audit(rig, id)).toEqual([]);
  });

  test('a campaign of another request of ours is not taken', async () => {
    const { rig, id } = await doubtful();
    await rig.send();
    await rig.settle();
    const resolved = await resolve(rig, id, { decision: 'accepted', campaignId: campaignOf(rig) });
    expect(resolved).toMatchObject({ ok: false, message: expect.stringContaining('another request') as string });
  });

  test('with another account configured, its gateway cannot tell', async () => {
    const { rig, id } = await doubtful();
    const campaignId = campaignOf(rig);
    await rig.configure('other');
    expect(await resolve(rig, id, { decision: 'accepted', campaignId })).toMatchObject({ ok: false });
  });

  test('two people at once: one decides, the other hears of it', async () => {
    for (const second of ['close', 'not_sent'] as const) {
      const { rig, id } = await doubtful();
      const results = await Promise.all([
        resolve(rig, id, { decision: 'not_sent' }),
        resolve(rig, id, { decision: second }),
      ]);
      expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
      expect(await audit(rig, id)).toHaveLength(1);
    }
  });

  test('a person and the proof at once: one of them wins, nothing is mixed', async () => {
    const { rig, id } = await doubtful(lose({ lead: true }));
    rig.clock.advance(6 * SECOND);
    const [, resolved] = await Promise.all([rig.ask(), resolve(rig, id, { decision: 'close' })]);
    const { state } = await rig.message(id);
    expect(state).toBe(resolved.ok ? 'closed' : 'accepted');
  });

  test('what is not in doubt is not decided about', async () => {
    const rig = await openRig();
    const { id } = await rig.send();
    for (const decision of ['close', 'not_sent'] as const)
      expect(await resolve(rig, id, { decision })).toMatchObject({ ok: false });
    await rig.settle();
    expect(await resolve(rig, id, { decision: 'not_sent' })).toMatchObject({ ok: false });
    expect(rig.gateway.submits).toHaveLength(1);
  });
});

describe('a campaign in doubt', () => {
  const campaign = async (treatment: Treatment) => {
    const rig = await openRig({ sending: { bulkSize: 10 } });
    rig.gateway.script.push(accept(), accept(), treatment);
    const messages = Array.from({ length: 14 }, (_, n) => ({ to: phone(n), text: 'Sale' }));
    await rig.sendMany({ messages });
    for (let turn = 0; turn < 20; turn++) await rig.turn();
    return rig;
  };
  const doubts = async (rig: Rig) => (await rig.messages()).filter(({ state }) => state === 'in_doubt');

  test('some of it decided by a person, the rest still finds its proof', async () => {
    const rig = await campaign(lose());
    const [first, ...rest] = await doubts(rig);
    if (!first) throw new Error('Nothing is in doubt');
    const campaignId = campaignOf(rig);
    expect(await resolve(rig, first.id, { decision: 'close' })).toMatchObject({ ok: true });
    const second = rest[0]?.id ?? '';
    expect(await resolve(rig, second, { decision: 'accepted', campaignId })).toEqual({ ok: true, state: 'accepted' });
    expect(await rig.states()).toEqual({ accepted: 13, closed: 1 });
  });

  test('does not hold up its batch; all of it decided, the request is in doubt no more', async () => {
    const rig = await campaign(lose());
    expect(await rig.states()).toEqual({ accepted: 11, in_doubt: 3 });
    const request = (await rig.submissionOf((await doubts(rig))[0] ?? (await rig.only()))).id;
    const stateOf = async () => (await rig.ledger.submissions.get(request))?.state;
    const decisions = ['close', 'not_sent', 'close'] as const;
    for (const [index, message] of (await doubts(rig)).entries()) {
      expect(await stateOf()).toBe('in_doubt');
      await resolve(rig, message.id, { decision: decisions[index] ?? 'close' });
    }
    expect(await stateOf()).toBe('closed');
    expect(await rig.ledger.submissions.countInDoubtSince('main', 0)).toBe(0);
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 12, closed: 2 });
  });

  test('one number of an accepted campaign: its id is known, so only the number is open', async () => {
    const rig = await openRig({ sending: { bulkSize: 10 } });
    rig.gateway.otherwise = acceptPartly({ silent: [phone(12)] });
    await rig.sendMany({ messages: Array.from({ length: 14 }, (_, n) => ({ to: phone(n), text: 'Sale' })) });
    await rig.settle();
    const [open] = await doubts(rig);
    const resolved = await resolve(rig, open?.id ?? '', { decision: 'accepted', campaignId: open?.campaignId ?? '' });
    expect(resolved).toMatchObject({ ok: false, message: expect.stringContaining('already') as string });
    expect(await resolve(rig, open?.id ?? '', { decision: 'not_sent' })).toEqual({ ok: true, state: 'queued' });
    expect(await rig.message(open?.id ?? '')).toMatchObject({ campaignId: null, submissionId: null });
  });
});
