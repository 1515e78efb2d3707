import fc from 'fast-check';
import { checkNow, takeHints } from '../../server/src/delivery/operator';
import { isFinal } from '../../server/src/domain/message';
import { accept, acceptPartly, repeatCampaign } from '../support/fake-gateway';
import { phone } from '../support/builders';
import { DAY, HOUR, MINUTE, SECOND } from '../support/fake-clock';
import { openRig, type Rig } from '../support/rig';

const sent = async (): Promise<{ rig: Rig; id: string }> => {
  const rig = await openRig();
  const { id } = await rig.send();
  await rig.settle();
  return { rig, id };
};

test.each([
  ['DELIVERED', 'delivered', null],
  ['EXPIRED', 'expired', 'gateway_status'],
  ['UNDELIV', 'undelivered', 'gateway_status'],
  ['ERROR', 'undelivered', 'gateway_status'],
  ['ALFANAMELIMITED', 'undelivered', 'gateway_status'],
  ['STOPED', 'stopped', 'gateway_status'],
  ['USERSTOPED', 'stopped', 'gateway_status'],
  ['SENT', 'sent', null],
  ['PENDING', 'accepted', null],
  ['NEW', 'accepted', null],
  ['STOPFLAG', 'accepted', null],
  ['ЩОСЬ НОВЕ', 'accepted', null],
] as const)('%s makes %s', async (word, state, reason) => {
  const { rig, id } = await sent();
  rig.gateway.say(word);
  await rig.pass(MINUTE);
  expect(await rig.message(id)).toMatchObject({ state, reason, gatewayStatus: word });
});

test('questions follow the schedule and end with the final word', async () => {
  const { rig } = await sent();
  const accepted = rig.clock.now();
  await rig.pass(3 * HOUR, SECOND);
  const asked = rig.gateway.questions.map(({ at }) => at - accepted);
  expect(asked.slice(0, 6)).toEqual([5, 20, 80, 380, 2_180, 9_380].map((s) => s * SECOND));
  rig.gateway.say('DELIVERED');
  await rig.pass(3 * DAY, HOUR);
  expect(rig.gateway.questions).toHaveLength(7);
});

describe('a final state is never left', () => {
  test('whatever is reported, in whatever order and how often', async () => {
    const words = fc.constantFrom('PENDING', 'SENT', 'DELIVERED', 'EXPIRED', 'UNDELIV', 'STOPED', 'XYZ');
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 12 }), async (reports) => {
        const { rig, id } = await sent();
        let settled: string | null = null;
        for (const word of reports) {
          rig.gateway.say(word);
          await checkNow({ ...rig.deps }, (await rig.message(id)).id);
          const { state } = await rig.message(id);
          if (settled) expect(state).toBe(settled);
          if (isFinal(state)) settled ??= state;
          else expect(['accepted', 'sent']).toContain(state);
        }
        expect(rig.noticed.filter(({ state }) => isFinal(state)).length).toBe(settled ? 1 : 0);
      }),
      { numRuns: 60 },
    );
  });

  test('a message once sent is not taken back to accepted', async () => {
    const { rig, id } = await sent();
    rig.gateway.say('SENT');
    await rig.pass(5 * SECOND, SECOND);
    rig.gateway.say('PENDING');
    await rig.pass(MINUTE);
    expect(await rig.message(id)).toMatchObject({ state: 'sent', gatewayStatus: 'PENDING' });
  });
});

describe('at the cut-off', () => {
  const CUT_OFF = 3 * DAY; // expiry and two days
  test('without a final word the message is unreported, and nobody asks any more', async () => {
    const { rig, id } = await sent();
    await rig.pass(CUT_OFF - MINUTE, HOUR);
    expect((await rig.message(id)).state).toBe('accepted');
    await rig.pass(2 * MINUTE, MINUTE);
    expect(await rig.message(id)).toMatchObject({ state: 'unreported', reason: 'no_final_report' });
    expect(rig.noticed).toEqual([{ id, state: 'unreported' }]);
    const asked = rig.gateway.questions.length;
    rig.gateway.say('DELIVERED');
    await rig.pass(5 * DAY, HOUR);
    expect(rig.gateway.questions).toHaveLength(asked);
    expect((await rig.message(id)).state).toBe('unreported');
  });

  test('a site that was switched off for a week still takes the last word', async () => {
    const { rig, id } = await sent();
    rig.gateway.say('DELIVERED');
    rig.clock.advance(4 * DAY);
    await rig.settle();
    expect((await rig.message(id)).state).toBe('delivered');
  });

  test('a gateway that is away at that hour is asked once more later', async () => {
    const { rig, id } = await sent();
    await rig.pass(CUT_OFF - HOUR, HOUR);
    rig.gateway.down = true;
    await rig.pass(4 * HOUR, MINUTE);
    expect((await rig.message(id)).state).toBe('accepted');
    rig.gateway.down = false;
    rig.gateway.say('DELIVERED');
    await rig.pass(3 * HOUR, MINUTE);
    expect((await rig.message(id)).state).toBe('delivered');
  });

  test('a gateway that never comes back is not waited for for ever', async () => {
    const { rig, id } = await sent();
    rig.gateway.down = true;
    await rig.pass(6 * DAY, HOUR);
    expect((await rig.message(id)).state).toBe('unreported');
  });
});

describe('partly accepted', () => {
  const people = Array.from({ length: 14 }, (_, n) => phone(n));
  const campaign = async (odd: Parameters<typeof acceptPartly>[0]): Promise<Rig> => {
    const rig = await openRig({ sending: { bulkSize: 10 } });
    rig.gateway.script.push(accept(), accept(), acceptPartly(odd));
    await rig.sendMany({ messages: people.map((to) => ({ to, text: 'Sale' })) });
    await rig.settle();
    return rig;
  };
  const stateOf = async (rig: Rig, to: string) => {
    const found = (await rig.messages()).find((message) => message.to === to);
    return [found?.state, found?.reason];
  };
  const last = phone(12);

  test('a number refused by name has failed, the others go on', async () => {
    const rig = await campaign({ refused: [last] });
    expect(await stateOf(rig, last)).toEqual(['failed', 'refused_phone']);
    expect(await rig.states()).toEqual({ accepted: 13, failed: 1 });
  });

  test('a number that the answer did not mention is in doubt until the campaign itself tells: it is in', async () => {
    const rig = await campaign({ silent: [last], inCampaign: [last] });
    expect(await stateOf(rig, last)).toEqual(['in_doubt', 'not_mentioned']);
    rig.gateway.say('DELIVERED');
    await rig.pass(MINUTE, 5 * SECOND);
    expect(await rig.states()).toEqual({ delivered: 14 });
  });

  test('… or it is not', async () => {
    const rig = await campaign({ silent: [last] });
    rig.clock.advance(5 * SECOND);
    await rig.settle();
    expect(await stateOf(rig, last)).toEqual(['failed', 'refused_phone']);
    const failed = (await rig.messages()).find(({ to }) => to === last);
    expect(failed?.finalAt).toBe(rig.clock.now());
  });

  test('a list that lacks accepted numbers too is not complete and proves nothing', async () => {
    const rig = await campaign({ silent: [last] });
    const words = [...rig.gateway.campaigns.values()].at(-1)?.words;
    words?.delete(phone(11));
    await rig.pass(HOUR, MINUTE);
    expect(await stateOf(rig, last)).toEqual(['in_doubt', 'not_mentioned']);
    words?.set(phone(11), 'DELIVERED');
    await rig.pass(3 * HOUR, MINUTE);
    expect(await stateOf(rig, last)).toEqual(['failed', 'refused_phone']);
  });

  test('a single text whose number was not mentioned is settled by its status', async () => {
    const rig = await openRig();
    rig.gateway.script.push(acceptPartly({ silent: [last], inCampaign: [last] }));
    const { id } = await rig.send({ to: last });
    await rig.settle();
    expect((await rig.message(id)).state).toBe('in_doubt');
    rig.gateway.say('DELIVERED');
    await rig.pass(MINUTE, 5 * SECOND);
    expect((await rig.message(id)).state).toBe('delivered');
  });

  test('a campaign is asked about as one, not number by number', async () => {
    const rig = await campaign({});
    await rig.pass(5 * SECOND, SECOND);
    expect(rig.gateway.questions.filter(({ kind }) => kind === 'report')).toHaveLength(2);
    expect(rig.gateway.questions.filter(({ kind }) => kind === 'status')).toHaveLength(1); // the first of the ramp
  });
});

describe('a campaign id that was given away before', () => {
  test('puts the second request in doubt, and leaves the first and its neighbours alone', async () => {
    const rig = await openRig();
    const first = await rig.send();
    await rig.settle();
    const id = [...rig.gateway.campaigns.keys()][0] ?? '';
    rig.gateway.script.push(accept(), repeatCampaign(id), accept());
    const others = [await rig.send(), await rig.send(), await rig.send()];
    await rig.settle();
    expect(await rig.message(first.id)).toMatchObject({ state: 'accepted', campaignId: id });
    const states = await Promise.all(others.map(async (one) => (await rig.message(one.id)).state));
    expect(states).toEqual(['accepted', 'in_doubt', 'accepted']);
    expect(await rig.message(others[1]?.id ?? '')).toMatchObject({ reason: 'campaign_id_reused', campaignId: null });
    await rig.pass(DAY, HOUR);
    expect((await rig.message(others[1]?.id ?? '')).state).toBe('in_doubt');
  });

  test('given to two requests at once: one of them has it', async () => {
    const rig = await openRig();
    rig.gateway.otherwise = repeatCampaign('77');
    await rig.send();
    await rig.send();
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 1, in_doubt: 1 });
  });
});

describe('hints of a status push', () => {
  test('bring the question forward, and the answer decides', async () => {
    const { rig, id } = await sent();
    await rig.pass(HOUR, MINUTE);
    const asked = rig.gateway.questions.length;
    const campaigns = [...rig.gateway.campaigns.keys()];
    expect(await takeHints(rig.deps, campaigns)).toBe(1);
    await rig.settle();
    expect(rig.gateway.questions).toHaveLength(asked + 1);
    expect((await rig.message(id)).state).toBe('accepted'); // the push lied
    rig.gateway.say('DELIVERED');
    await takeHints(rig.deps, campaigns);
    await rig.pass(5 * SECOND, SECOND);
    expect((await rig.message(id)).state).toBe('delivered');
    expect(await takeHints(rig.deps, campaigns)).toBe(0);
  });

  test('of a campaign that come in a flood ask about it every five seconds, not each time', async () => {
    const { rig } = await sent();
    await rig.pass(HOUR, MINUTE);
    const asked = rig.gateway.questions.length;
    const campaigns = [...rig.gateway.campaigns.keys()];
    for (let second = 0; second < 60; second++) {
      for (let push = 0; push < 5; push++) await takeHints(rig.deps, campaigns);
      await rig.pass(SECOND, SECOND);
    }
    expect(rig.gateway.questions.length - asked).toBeGreaterThanOrEqual(12);
    expect(rig.gateway.questions.length - asked).toBeLessThanOrEqual(13);
  });

  test('of campaigns that are not ours change nothing', async () => {
    const { rig } = await sent();
    expect(await takeHints(rig.deps, ['1', '2'])).toBe(0);
    await rig.configure(null);
    expect(await takeHints(rig.deps, [...rig.gateway.campaigns.keys()])).toBe(0);
  });
});

test('an account that is not in use is not asked about with the login of another', async () => {
  const { rig, id } = await sent();
  await rig.configure('other');
  await rig.pass(HOUR, MINUTE);
  expect(rig.gatewayOf('main').questions).toEqual([]);
  expect(rig.gateway.questions).toEqual([]);
  expect(await checkNow(rig.deps, (await rig.message(id)).id)).toMatchObject({ ok: false });
});
