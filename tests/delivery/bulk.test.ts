import { DEFAULT_LEASES } from '../../server/src/delivery/leases';
import { planDue } from '../../server/src/delivery/plan';
import { accept, refuse } from '../support/fake-gateway';
import { phone } from '../support/builders';
import { DAY, HOUR, MINUTE, SECOND } from '../support/fake-clock';
import { eventually } from '../support/eventually';
import { createMemoryLedger } from '../support/memory-ledger';
import { openRig, type Rig, type RigOptions } from '../support/rig';

const people = (count: number, text: (n: number) => string = () => 'Sale') =>
  Array.from({ length: count }, (_, n) => ({ to: phone(n), text: text(n) }));
const sizes = (rig: Rig): number[] => rig.gateway.submits.map(({ request }) => request.messages.length);
const kinds = (rig: Rig): string[] => rig.gateway.submits.map(({ request }) => request.kind);
const batch = async (count: number, options: RigOptions = {}, text?: (n: number) => string): Promise<Rig> => {
  const rig = await openRig(options);
  await rig.sendMany({ messages: people(count, text) });
  return rig;
};

describe('two instances', () => {
  const SEVERAL = { sending: { soleInstance: false } };
  /** Instances begin at other places of the queue, so that they do not meet there. */
  const elsewhere = () => {
    let asked = 0;
    return createMemoryLedger({ random: () => (asked++ % 2) * 0.99 });
  };
  const planBoth = (rig: Rig): Promise<number[]> => {
    const others = [rig.process, rig.startProcess()];
    return Promise.all(others.map((process) => planDue(process, rig.account())));
  };

  test('take a step of the ramp once', async () => {
    const rig = await batch(311, { ...SEVERAL, ledger: elsewhere() });
    expect((await planBoth(rig)).sort()).toEqual([0, 1]);
    await rig.settle();
    expect(sizes(rig).slice(0, 2)).toEqual([1, 10]);
    expect(await rig.states()).toEqual({ accepted: 311 });
  });

  test('spend a balance once', async () => {
    const sending = { soleInstance: false, pricePerSegment: '1', bulkSize: 1, inFlight: 1 };
    const rig = await openRig({ sending, ledger: elsewhere() });
    rig.gateway.funds = '1';
    await rig.ledger.messages.insertNew(await bulkWithoutBatch(rig, 100));
    await planBoth(rig);
    await planBoth(rig);
    expect((await rig.states()).claimed).toBe(1);
  });

  test('one that dies while it plans holds the others up for the length of a lease', async () => {
    const rig = await batch(1, SEVERAL);
    const { clock, ledger } = rig;
    await ledger.leases.take('campaigns of main', 'dead', clock.now(), clock.now() + DEFAULT_LEASES.choreMs);
    expect(await rig.plan()).toBe(0);
    clock.advance(DEFAULT_LEASES.choreMs);
    expect(await rig.plan()).toBe(1);
  });
});

describe('the ramp', () => {
  test('a batch begins with one, then ten, then the size of the site', async () => {
    const rig = await batch(311);
    await rig.settle();
    expect(sizes(rig)).toEqual([1, 10, 100, 100, 100]);
    expect(await rig.states()).toEqual({ accepted: 311 });
  });

  test('no step is larger than the size of the site', async () => {
    const rig = await batch(10, { sending: { bulkSize: 4 } });
    await rig.settle();
    expect(sizes(rig)).toEqual([1, 4, 4, 1]);
  });

  test('a mistake costs one message, not three hundred', async () => {
    const rig = await openRig();
    rig.gateway.refusedAlphanames.add('Wrong');
    await rig.sendMany({ messages: people(311), alphaname: 'Wrong' });
    await rig.pass(MINUTE);
    expect(sizes(rig)).toEqual([1]);
    expect(await rig.states()).toEqual({ queued: 311 });
  });

  test('the next step waits for an acceptance', async () => {
    const rig = await openRig();
    rig.gateway.script.push(
      refuse('message', { reason: 'refused_phone' }),
      accept(),
      refuse('message', { reason: 'refused_text' }),
    );
    await rig.sendMany({ messages: people(40) });
    await rig.settle();
    expect(sizes(rig)).toEqual([1, 1, 10, 10, 18]);
    expect(await rig.states()).toEqual({ failed: 11, accepted: 29 });
  });

  test('a rule that sends in bulk has no batch, and no ramp', async () => {
    const rig = await openRig();
    await rig.ledger.messages.insertNew(await bulkWithoutBatch(rig, 30));
    await rig.settle();
    expect(sizes(rig)).toEqual([30]);
  });
});

describe('several batches', () => {
  const many = (from: number, count: number, text: string) =>
    Array.from({ length: count }, (_, n) => ({ to: phone(from + n), text }));
  const textsOf = (rig: Rig): (string | undefined)[] =>
    rig.gateway.submits.map(({ request }) => request.messages[0]?.text);

  test('one that waits for the answer to its first message lets the others leave', async () => {
    const rig = await batch(3_000);
    expect(await rig.plan()).toBe(1); // sealed, and nobody sends it
    await rig.sendMany({ messages: many(5_000_000, 5, 'Small') });
    expect(await rig.plan()).toBe(1);
    await rig.settle();
    expect(textsOf(rig).slice(0, 2)).toEqual(['Sale', 'Small']);
    expect(await rig.states()).toEqual({ accepted: 3_005 });
  });

  test('one under a sender name that pauses lets the others leave', async () => {
    const rig = await openRig();
    rig.gateway.refusedAlphanames.add('Wrong');
    await rig.sendMany({ messages: people(3_000), alphaname: 'Wrong' });
    await rig.settle();
    await rig.sendMany({ messages: many(5_000_000, 5, 'Small') });
    await rig.settle();
    expect(await rig.states()).toEqual({ queued: 3_000, accepted: 5 });
  });

  test('a rule that sends in bulk is not kept back by a batch either', async () => {
    const rig = await batch(3_000);
    await rig.plan();
    await rig.ledger.messages.insertNew(await bulkWithoutBatch(rig, 30, (n) => phone(5_000_000 + n)));
    expect(await rig.plan()).toBe(1);
    expect(await rig.states()).toEqual({ queued: 2_999, claimed: 31 });
  });

  test('large ones take turns', async () => {
    const rig = await openRig({ sending: { bulkSize: 100, inFlight: 2 } });
    await rig.sendMany({ messages: many(1_000_000, 2_000, 'First') });
    await rig.sendMany({ messages: many(2_000_000, 2_000, 'Second') });
    await rig.sendMany({ messages: many(3_000_000, 2_000, 'Third') });
    while (rig.gateway.submits.length < 36) {
      await rig.plan();
      await rig.post();
    }
    const counts = ['First', 'Second', 'Third'].map((text) => textsOf(rig).filter((own) => own === text).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 6_000 });
  });

  test('two large ones share what there is room for', async () => {
    const rig = await openRig({ sending: { inFlight: 2 } });
    const first = await rig.sendMany({ messages: many(1_000_000, 2_000, 'First') });
    const second = await rig.sendMany({ messages: many(2_000_000, 2_000, 'Second') });
    for (let turn = 0; turn < 3; turn++) {
      await rig.plan();
      while ((await rig.post()) > 0);
    }
    const claimed = async ({ batchId }: { batchId: string }) =>
      (await rig.ledger.messages.countByState({ batchId, states: ['claimed'] })).claimed;
    await rig.plan();
    expect([await claimed(first), await claimed(second)]).toEqual([400, 400]);
  });

  test('more of them than there is room for all go on', async () => {
    const rig = await openRig({ sending: { bulkSize: 4, inFlight: 2 } });
    for (let n = 0; n < 20; n++) await rig.sendMany({ messages: many(100_000 * n, 40, `Batch ${n}`) });
    while (rig.gateway.submits.length < 80) {
      await rig.plan();
      await rig.post();
    }
    const counts = Array.from({ length: 20 }, (_, n) => textsOf(rig).filter((own) => own === `Batch ${n}`).length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
  });
});

/** What a rule on the bulk lane leaves in the outbox. */
const bulkWithoutBatch = async (rig: Rig, count: number, to: (n: number) => string = phone) => {
  const other = await openRig({ account: null });
  await other.sendCalls(count);
  return (await other.messages()).map((message, n) => ({
    ...message,
    account: rig.account().key,
    lane: 'bulk' as const,
    text: 'Sale',
    to: to(n),
  }));
};

test('one text for all is a group, a text for each is individual, one message is a single', async () => {
  const group = await batch(20);
  await group.settle();
  expect(kinds(group)).toEqual(['single', 'group', 'group']);
  const individual = await batch(20, {}, (n) => `Code ${n}`);
  await individual.settle();
  expect(kinds(individual)).toEqual(['single', 'individual', 'individual']);
  const texts = individual.gateway.submits.flatMap(({ request }) => request.messages.map(({ text }) => text));
  expect(new Set(texts).size).toBe(20);
});

describe('the same number twice', () => {
  test('in a batch, in two spellings, gets one text', async () => {
    const rig = await openRig();
    const result = await rig.sendMany({
      messages: ['+380671234567', '067 123 45 67', '0671234568', 'x'].map((to) => ({ to, text: 'Sale' })),
    });
    expect(result.results.map(({ outcome }) => outcome)).toEqual(['queued', 'duplicate', 'queued', 'rejected']);
    await rig.settle();
    expect(await rig.states()).toEqual({ accepted: 2, rejected: 1 });
  });

  test('in the queue never shares a request', async () => {
    const rig = await openRig();
    await rig.ledger.messages.insertNew(await bulkWithoutBatch(rig, 9, (n) => phone(n % 3)));
    await rig.settle();
    expect(sizes(rig)).toEqual([3, 3, 3]);
    for (const { request } of rig.gateway.submits)
      expect(new Set(request.messages.map(({ recipient }) => recipient)).size).toBe(request.messages.length);
  });
});

test('the same call twice makes one batch', async () => {
  const rig = await openRig();
  const first = await rig.sendMany({ messages: people(5), dedupeKey: 'newsletter-7' });
  const again = await rig.sendMany({ messages: people(5), dedupeKey: 'newsletter-7' });
  expect(again).toMatchObject({ batchId: first.batchId, repeated: true });
  await rig.settle();
  expect(rig.gateway.reached().size).toBe(5);
});

describe('money', () => {
  const priced = { sending: { pricePerSegment: '0.50' } };

  test('a campaign that the balance does not cover pauses bulk only, and leaves when there is money', async () => {
    const rig = await openRig(priced);
    rig.gateway.funds = '0.40';
    await rig.sendMany({ messages: people(50) });
    await rig.send({ to: phone(99) });
    await rig.pass(HOUR, MINUTE);
    expect(await rig.pauses()).toEqual(['bulk_unaffordable']);
    expect(await rig.states()).toEqual({ queued: 50, accepted: 1 });
    const asked = rig.gateway.questions.filter(({ kind }) => kind === 'balance').length;
    expect(asked).toBeLessThan(30);
    rig.gateway.funds = '100.00';
    await rig.pass(10 * MINUTE, MINUTE);
    expect((await rig.states()).accepted).toBe(51);
    expect(await rig.pauses()).toEqual([]);
  });

  test('what is covered leaves, the rest waits', async () => {
    const rig = await openRig(priced);
    rig.gateway.funds = '60.00'; // 120 segments
    rig.gateway.otherwise = (request, gateway) => {
      gateway.funds = String(Number(gateway.funds) - request.messages.length * 0.5);
      return accept()(request, gateway);
    };
    await rig.sendMany({ messages: people(311) });
    await rig.settle();
    expect(sizes(rig)).toEqual([1, 10, 100]);
    expect(await rig.pauses()).toEqual(['bulk_unaffordable']);
  });

  test('campaigns that fit alone but not together do not leave together', async () => {
    const rig = await openRig(priced);
    rig.gateway.funds = '0.60'; // one segment; the gateway takes nothing before it answers
    await rig.sendMany({ messages: [{ to: phone(1), text: 'First' }] });
    await rig.plan();
    await rig.sendMany({ messages: [{ to: phone(2), text: 'Second' }] });
    await rig.plan(); // the first one is sealed
    expect(await rig.states()).toEqual({ claimed: 1, queued: 1 });
    expect(await rig.pauses()).toEqual(['bulk_unaffordable']);
    let answer = (): void => undefined;
    rig.gateway.hold = new Promise<void>((resolve) => (answer = resolve));
    const posted = rig.post();
    await eventually(
      () => rig.gateway.submits.length,
      (count) => count === 1,
    );
    rig.clock.advance(10 * MINUTE);
    await rig.plan(); // now it is on its way
    expect(await rig.states()).toEqual({ sending: 1, queued: 1 });
    answer();
    await posted;
    rig.gateway.hold = null;
    rig.gateway.funds = '0.60';
    await rig.pass(20 * MINUTE, MINUTE);
    expect(await rig.states()).toEqual({ accepted: 2 });
  });

  test('a batch that is too dear does not keep a cheaper one from leaving', async () => {
    const rig = await openRig(priced);
    rig.gateway.funds = '1.00';
    await rig.sendMany({ messages: [{ to: phone(1), text: 'Довгий текст. '.repeat(20) }] });
    await rig.sendMany({ messages: [{ to: phone(2), text: 'Short' }] });
    await rig.settle();
    expect(rig.gateway.submits.map(({ request }) => request.messages[0]?.text)).toEqual(['Short']);
    expect(await rig.pauses()).toEqual(['bulk_unaffordable']);
    rig.gateway.funds = '1000.00';
    await rig.pass(HOUR, MINUTE);
    expect(await rig.states()).toEqual({ accepted: 2 });
  });

  test('an empty account sends no campaign even when no price is known', async () => {
    const rig = await openRig();
    rig.gateway.funds = '0.00';
    await rig.sendMany({ messages: people(50) });
    await rig.settle();
    expect(rig.gateway.submits).toEqual([]);
    expect(await rig.pauses()).toEqual(['bulk_unaffordable']);
  });

  test('the balance is asked for campaigns that are ready, not for those that wait for their ramp', async () => {
    const rig = await batch(50);
    await rig.plan();
    const asked = rig.gateway.questions.length;
    for (let turn = 0; turn < 20; turn++) await rig.plan();
    expect(rig.gateway.questions).toHaveLength(asked);
  });

  test('a balance that cannot be had pauses the account until the gateway answers', async () => {
    const rig = await batch(20);
    rig.gateway.down = true;
    await rig.pass(MINUTE);
    expect(rig.gateway.submits).toEqual([]);
    rig.gateway.down = false;
    await rig.pass(2 * MINUTE, SECOND * 5);
    expect(await rig.states()).toEqual({ accepted: 20 });
  });
});

test('service messages pass campaigns that wait for a slot', async () => {
  const rig = await batch(5_000, { sending: { bulkSize: 10, inFlight: 2 } });
  for (let turn = 0; turn < 6; turn++) {
    await rig.plan();
    await rig.post();
  }
  await rig.plan();
  for (let n = 0; n < 4; n++) await rig.send({ to: phone(9_000_000 + n) });
  const before = rig.gateway.submits.length;
  await rig.plan();
  await rig.post();
  await rig.post();
  const kindsAfter = rig.gateway.submits.slice(before).map(({ request }) => request.kind);
  expect(kindsAfter).toEqual(['single', 'single', 'single', 'single']);
});

test('a campaign member with less time than the others does not take theirs', async () => {
  const rig = await openRig();
  const [short, ...others] = await bulkWithoutBatch(rig, 5);
  if (!short) throw new Error('No messages');
  await rig.ledger.messages.insertNew([{ ...short, expiresAt: rig.clock.now() + HOUR }, ...others]);
  await rig.plan();
  rig.clock.advance(2 * HOUR); // sealed, and nobody was there to send it
  await rig.settle();
  expect(await rig.states()).toEqual({ failed: 1, accepted: 4 });
  await rig.pass(DAY, HOUR);
  expect(rig.gateway.reached().size).toBe(4);
});
