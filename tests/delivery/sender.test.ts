import { createSender } from '../../server/src/delivery/send';
import type { Ledger } from '../../server/src/delivery/ports';
import { accept, lose, repeatCampaign } from '../support/fake-gateway';
import { DAY } from '../support/fake-clock';
import { createMemoryLedger } from '../support/memory-ledger';
import { openRig, type Rig } from '../support/rig';

const sealedRig = async (count: number, options: Parameters<typeof openRig>[0] = {}): Promise<Rig> => {
  const rig = await openRig(options);
  await rig.sendCalls(count);
  await rig.plan();
  return rig;
};

describe('one POST each', () => {
  test('for two senders that are given the same ids', async () => {
    const rig = await sealedRig(16);
    const ids = await rig.sealed(16);
    const other = rig.startProcess();
    await Promise.all([rig.process.send(ids), other.send(ids), other.send([...ids].reverse())]);
    expect(rig.gateway.submits).toHaveLength(16);
    expect(await rig.states()).toEqual({ accepted: 16 });
  });

  test('for one sender that is given an id twice, at once or later', async () => {
    const rig = await sealedRig(1);
    const [id] = await rig.sealed(1);
    if (!id) throw new Error('Nothing is sealed');
    await Promise.all([rig.process.send([id, id]), rig.process.send([id])]);
    await rig.process.send([id]);
    expect(rig.gateway.submits).toHaveLength(1);
    expect(await rig.states()).toEqual({ accepted: 1 });
  });
});

describe('what is left alone', () => {
  const untouched = async (rig: Rig, prepare: () => Promise<unknown> | void): Promise<void> => {
    const ids = await rig.sealed(10);
    expect(ids).toHaveLength(1);
    await prepare();
    await rig.process.send(ids);
    expect(rig.gateway.submits).toEqual([]);
    expect((await rig.ledger.submissions.byIds(ids)).map(({ state }) => state)).toEqual(['sealed']);
  };
  const pause = (rig: Rig, alphaname: string | null) =>
    rig.ledger.pauses.put({
      account: 'main',
      alphaname,
      reason: alphaname ? 'alphaname_refused' : 'by_person',
      detail: null,
      since: 0,
      probeAt: null,
      tries: 0,
    });

  test('a request whose time ran out, though nobody has cleared it away yet', async () => {
    const rig = await sealedRig(1);
    await untouched(rig, () => rig.clock.advance(DAY));
  });
  test('a request of an account that pauses', async () => {
    const rig = await sealedRig(1);
    await untouched(rig, () => pause(rig, null));
  });
  test('a request under a sender name that pauses', async () => {
    const rig = await sealedRig(1);
    await untouched(rig, () => pause(rig, 'MyShop'));
  });
  test('a request of another account', async () => {
    const rig = await sealedRig(1);
    await untouched(rig, () => rig.configure('other'));
    expect(rig.gatewayOf('main').submits).toEqual([]);
  });
  test('everything while there is no account', async () => {
    const rig = await sealedRig(1);
    await untouched(rig, () => rig.configure(null));
  });
  test('an id that does not exist', async () => {
    const rig = await sealedRig(1);
    await rig.process.send((await rig.sealed(1)).map((id) => `${id}x` as typeof id)); // an id of nobody
    expect(rig.gateway.submits).toEqual([]);
  });
});

test('what is sent is what was sealed: marker, sender name, text', async () => {
  const rig = await openRig();
  await rig.send({ to: '067 123 45 67', text: 'й\r\nз', alphaname: 'Other' });
  await rig.plan();
  const [id] = await rig.sealed(1);
  await rig.post();
  expect(rig.gateway.submits[0]?.request).toEqual({
    alphaname: 'Other',
    kind: 'single',
    messages: [{ recipient: '380671234567', text: 'й\nз' }],
    marker: `ref ${id}`,
    lifetimeHours: 24,
    ratePerMinute: 120,
  });
});

describe('while the database is away', () => {
  /** Writes of outcomes fail this often, before or after they took effect. */
  const shaky = (failures: number, afterCommit: boolean): Ledger => {
    const inner = createMemoryLedger();
    let left = failures;
    let armed = false;
    return {
      ...inner,
      submissions: { ...inner.submissions },
      transaction: async (work) => {
        const failing = armed && left > 0;
        if (failing) left--;
        if (failing && !afterCommit) throw new Error('connection lost');
        const result = await inner.transaction(async (ledger) => {
          const done = await work(ledger);
          const sending = await ledger.submissions.abandoned({
            now: Number.MAX_SAFE_INTEGER,
            limit: 1,
            soleOwner: null,
          });
          armed = sending.length > 0 || armed;
          return done;
        });
        if (failing) throw new Error('connection lost in COMMIT');
        return result;
      },
    };
  };

  test.each([false, true])('the outcome is written again and again (commit unknown: %p)', async (afterCommit) => {
    const rig = await sealedRig(3, { ledger: shaky(5, afterCommit) });
    rig.gateway.script.push(accept(), lose(), accept());
    await rig.post();
    expect(await rig.states()).toEqual({ accepted: 2, in_doubt: 1 });
    expect(rig.gateway.submits).toHaveLength(3);
    expect(rig.logged.filter((line) => line.includes('could not be written yet'))).toHaveLength(5);
  });

  test('also when a campaign id is repeated meanwhile', async () => {
    const rig = await sealedRig(3, { ledger: shaky(4, false) });
    rig.gateway.otherwise = repeatCampaign('77');
    await rig.post();
    expect(await rig.states()).toEqual({ accepted: 1, in_doubt: 2 });
  });

  test('a process that stops gives up; the next one finds them in doubt', async () => {
    const rig = await sealedRig(1, { ledger: shaky(1, false) });
    const send = createSender({ ...rig.process, retryLater: () => Promise.resolve(false) });
    await expect(send(await rig.sealed(1))).rejects.toThrow('connection lost');
    expect(await rig.states()).toEqual({ sending: 1 });
    rig.restart();
    await rig.settle();
    expect(await rig.states()).toEqual({ in_doubt: 1 });
  });
});
