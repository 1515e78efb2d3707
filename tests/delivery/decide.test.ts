import type { Intent } from '../../server/src/delivery/ports';
import { WAS_THERE, type Rule } from '../../server/src/domain/rule';
import { parseSendWindow } from '../../server/src/domain/send-window';
import { intentOf, ORDER, ruleOf, UID } from '../support/builders';
import { DAY, HOUR, MINUTE, NOON } from '../support/fake-clock';
import { openRig, type Rig } from '../support/rig';

const openWith = async (...rules: Rule[]): Promise<Rig> => openRig({ rules });
const write = async (rig: Rig, intent: Partial<Intent> & { transition?: string } = {}): Promise<void> => {
  await rig.write(intentOf([...rig.rules.values()], intent));
  await rig.decide();
};
const skipReason = async (rule: Partial<Rule>, intent: Partial<Intent> & { transition?: string }) => {
  const rig = await openWith(ruleOf(rule));
  await write(rig, intent);
  expect(await rig.messages()).toEqual([]);
  return (await rig.decisions()).map(({ outcome, reason }) => [outcome, reason]);
};

test('the whole straight line: from an order to a delivered SMS', async () => {
  const rig = await openWith(ruleOf({ template: 'Order {{ number }} of {{ customer.name }}' }));
  rig.entries.set(`${UID} order-17`, { customer: { name: 'Olena' } });
  await rig.write(intentOf([ruleOf()]));
  await rig.settle();
  expect(await rig.only()).toMatchObject({ state: 'accepted', to: '380671234567', text: 'Order 17 of Olena' });
  rig.gateway.say('SENT');
  await rig.pass(10_000);
  expect(await rig.only()).toMatchObject({ state: 'sent', gatewayStatus: 'SENT' });
  rig.gateway.say('DELIVERED');
  await rig.pass(MINUTE);
  expect(await rig.only()).toMatchObject({ state: 'delivered', gatewayStatus: 'DELIVERED', reason: null });
  expect(rig.gateway.submits).toHaveLength(1);
  expect(rig.gateway.submits[0]?.request).toMatchObject({ kind: 'single', alphaname: 'MyShop', lifetimeHours: 24 });
  expect(await rig.decisions()).toEqual([
    { ruleKey: 'order-created', outcome: 'fired', reason: null, messageCount: 1 },
  ]);
  expect(rig.noticed.map(({ state }) => state)).toEqual(['delivered']);
  const asked = rig.gateway.questions.length;
  await rig.pass(3 * DAY, HOUR);
  expect(rig.gateway.questions).toHaveLength(asked);
});

describe('nothing is sent, and the decision says why', () => {
  test.each<[string, Partial<Rule>, Partial<Intent> & { transition?: string }, string]>([
    ['the condition', { condition: { path: 'state', op: 'eq', value: 'paid' } }, {}, 'condition_false'],
    ['no number in the field', {}, { after: { ...ORDER, phone: null } }, 'no_recipient'],
    ['a blank number', {}, { after: { ...ORDER, phone: '  ' } }, 'no_recipient'],
    ['decided a day after it was due', {}, { createdAt: NOON - DAY - 1 }, 'too_late'],
    [
      'the publication of what had been published',
      { event: 'published' },
      { transition: WAS_THERE },
      'published_before',
    ],
    ['the entry went during the delay', { delayMs: HOUR }, { dueAt: NOON }, 'entry_gone'],
  ])('%s', async (_name, rule, intent, reason) => {
    expect(await skipReason(rule, intent)).toEqual([['skipped', reason]]);
  });

  test('the rule was taken out of the settings', async () => {
    const rig = await openRig();
    await rig.write(intentOf([ruleOf()]));
    await rig.decide();
    expect(await rig.decisions()).toMatchObject([{ outcome: 'skipped', reason: 'rule_gone' }]);
  });

  test('an intent that cannot be decided is tried ten times, then set aside; the others go on', async () => {
    const rig = await openWith(ruleOf({ key: 'bad', template: '{{' }), ruleOf({ key: 'good' }));
    await rig.write(intentOf([ruleOf({ key: 'bad' })]), intentOf([ruleOf({ key: 'good' })]));
    await rig.pass(2 * HOUR, MINUTE);
    expect(await rig.only()).toMatchObject({ ruleKey: 'good', state: 'accepted' });
    expect(rig.logged.filter((line) => line.includes('could not be decided'))).toHaveLength(10);
    expect(await rig.ledger.intents.nextDueAt()).toBeNull();
  });
});

describe('bad data makes a rejected message, not a failure', () => {
  test.each<[string, Partial<Rule>, object, string]>([
    ['a number that is none', {}, { phone: '12' }, 'bad_phone'],
    ['a placeholder without a value', { template: 'Dear {{ name }}' }, {}, 'empty_placeholder'],
    ['a text of eleven parts', { template: '{{ note }}' }, { note: 'й'.repeat(700) }, 'too_long'],
    ['a character SMS cannot carry', { template: 'x{{ note }}' }, { note: '\u0007' }, 'unsendable_text'],
    ['no visible character', { template: '{{ note }}' }, { note: '\u200B' }, 'empty_text'],
    ['a sender name that cannot be', { alphaname: 'Крамниця' }, {}, 'bad_alphaname'],
  ])('%s', async (_name, rule, fields, reason) => {
    const rig = await openWith(ruleOf(rule));
    await write(rig, { after: { ...ORDER, ...fields } });
    await rig.settle();
    expect(await rig.only()).toMatchObject({ state: 'rejected', reason, finalAt: NOON });
    expect(rig.gateway.submits).toEqual([]);
    expect(rig.logged.join()).not.toContain('67123');
  });

  test('a rejected text does not use up the fact: mended, it goes out', async () => {
    const rig = await openWith(ruleOf({ event: 'changed', field: 'state' }));
    await write(rig, { transition: 'changed:state=paid', after: { ...ORDER, phone: '12' } });
    await write(rig, { transition: 'changed:state=paid' });
    await rig.settle();
    expect(await rig.states()).toEqual({ rejected: 1, accepted: 1 });
  });

  test('one bad number among several recipients concerns only that one', async () => {
    const rig = await openWith(ruleOf({ recipients: [{ path: 'phones' }, { number: '380501112233' }] }));
    await write(rig, { after: { ...ORDER, phones: ['0671234567', 'x', '067 123 45 68'] } });
    await rig.settle();
    expect(await rig.states()).toEqual({ rejected: 1, accepted: 3 });
  });
});

describe('nobody is texted twice about one fact', () => {
  const facts = async (rule: Partial<Rule>, ...intents: (Partial<Intent> & { transition?: string })[]) => {
    const rig = await openWith(ruleOf({ event: 'changed', field: 'state', ...rule }));
    for (const intent of intents) {
      rig.clock.set(intent.createdAt ?? NOON);
      await write(rig, { transition: 'changed:state=paid', ...intent });
      await rig.settle();
    }
    expect(await rig.decisions()).toHaveLength(intents.length);
    return rig.gateway.submits.length;
  };
  const shipped = { transition: 'changed:state=shipped' };
  const nextDay = { createdAt: NOON + DAY };

  test('the same fact twice', async () => expect(await facts({}, {}, {})).toBe(1));
  test('another transition is another fact', async () => expect(await facts({}, {}, shipped)).toBe(2));
  test('another entry is another fact', async () => expect(await facts({}, {}, { documentId: 'order-18' })).toBe(2));
  test('a translation is not', async () => expect(await facts({}, { locale: 'uk' }, { locale: 'en' })).toBe(1));
  test('once per entry', async () =>
    expect(await facts({ occurrence: 'once_per_entry' }, {}, shipped, nextDay)).toBe(1));
  test('once per transition', async () => expect(await facts({}, {}, shipped, {}, nextDay)).toBe(2));
  test('once per day', async () => expect(await facts({ occurrence: 'once_per_day' }, {}, {}, nextDay)).toBe(2));
  test('every time', async () => expect(await facts({ occurrence: 'every_time' }, {}, {}, nextDay)).toBe(3));

  test('the day is the calendar day of the site, not of Greenwich', async () => {
    const lateEvening = Date.parse('2026-03-02T21:30:00Z'); // 23:30 in Kyiv
    const day = { occurrence: 'once_per_day' } as const;
    expect(await facts(day, { createdAt: lateEvening }, { createdAt: lateEvening + HOUR })).toBe(2);
    expect(await facts(day, { createdAt: lateEvening + HOUR }, { createdAt: lateEvening + 3 * HOUR })).toBe(1);
  });

  test('the same person in two spellings, in one intent and in two', async () => {
    const rig = await openWith(ruleOf({ recipients: [{ path: 'phone' }, { path: 'second' }] }));
    await write(rig, { after: { ...ORDER, phone: '+380 67 123-45-67', second: '0671234567' } });
    await rig.settle();
    expect(rig.gateway.submits).toHaveLength(1);
    expect(await facts({}, { after: { ...ORDER, phone: '067 123 45 67' } }, {})).toBe(1);
  });

  test('first published: published before the rule, unpublished and published again', async () => {
    const rig = await openWith(ruleOf({ event: 'published' }));
    await write(rig, { transition: WAS_THERE });
    await write(rig, { transition: 'published' });
    expect((await rig.decisions()).map(({ reason }) => reason)).toEqual(['published_before', 'published_before']);
    expect(await rig.messages()).toEqual([]);
  });

  test('an intent decided by two instances at once makes one message', async () => {
    const rig = await openWith(ruleOf({ occurrence: 'every_time' }));
    const intent = intentOf([ruleOf()]);
    await rig.write(intent);
    const [taken] = await rig.ledger.intents.claimDue({ now: NOON, limit: 1, leaseUntil: NOON + 1 });
    expect(taken?.id).toBe(intent.id);
    rig.clock.advance(1);
    await rig.decide(); // the lease has ended
    await rig.ledger.intents.postpone(intent.id, NOON); // the first one, late
    await rig.decide();
    expect(await rig.messages()).toHaveLength(1);
    expect(await rig.decisions()).toHaveLength(1);
  });
});

describe('a delay', () => {
  const rule = ruleOf({
    event: 'changed',
    field: 'state',
    delayMs: HOUR,
    condition: { path: 'paid', op: 'eq', value: false },
    template: 'Order {{ number }}: {{ sum }}',
  });
  const delayed = async (live: object | null) => {
    const rig = await openWith(rule);
    if (live) rig.entries.set(`${UID} order-17`, { ...ORDER, paid: false, sum: 5, ...live });
    await rig.write(intentOf([rule], { transition: 'changed:state=new', after: { ...ORDER, paid: false, sum: 1 } }));
    await rig.pass(HOUR - 1, MINUTE);
    expect(await rig.decisions()).toEqual([]);
    await rig.pass(1);
    return rig;
  };

  test('checks everything again on live data', async () => {
    expect((await (await delayed({})).only()).text).toBe('Order 17: 5');
  });
  test.each([
    ['the condition holds no more', { paid: true }, 'condition_false'],
    ['the field changed again', { state: 'paid' }, 'condition_false'],
    ['the entry is gone', null, 'entry_gone'],
    ['the number is gone', { phone: null }, 'no_recipient'],
  ])('%s', async (_name, live, reason) => {
    const rig = await delayed(live);
    expect(await rig.decisions()).toMatchObject([{ outcome: 'skipped', reason }]);
    expect(await rig.messages()).toEqual([]);
  });
});

describe('due time and expiry', () => {
  const nineToSix = parseSendWindow({ days: { mon: ['09:00', '18:00'], tue: ['09:00', '18:00'] } });
  const sendWindow = nineToSix.ok ? nineToSix.window : null;
  const EVENING = Date.parse('2026-03-02T18:00:00Z'); // 20:00 in Kyiv
  const MORNING = Date.parse('2026-03-03T07:00:00Z'); // 09:00 the next day

  test('a text of the night waits for the morning', async () => {
    const rig = await openWith(ruleOf({ sendWindow }));
    rig.clock.set(EVENING);
    await write(rig, { createdAt: EVENING });
    expect(await rig.only()).toMatchObject({ state: 'queued', dueAt: MORNING, expiresAt: MORNING + DAY });
    await rig.pass(MORNING - EVENING - 1, HOUR);
    expect(rig.gateway.submits).toEqual([]);
    await rig.pass(1);
    expect(rig.gateway.submits).toHaveLength(1);
  });

  test('a text decided late does not get its time twice', async () => {
    const rig = await openWith(ruleOf({ expiryMs: HOUR }));
    await rig.write(intentOf([ruleOf()]));
    rig.clock.advance(40 * MINUTE);
    await rig.decide();
    expect((await rig.only()).expiresAt).toBe(NOON + HOUR);
  });
});
