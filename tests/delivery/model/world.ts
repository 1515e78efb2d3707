import { createSender } from '../../../server/src/delivery/send';
import type { Message } from '../../../server/src/domain/message';
import type { SubmissionState } from '../../../shared/vocabulary';
import { phone, ruleOf } from '../../support/builders';
import { DAY, HOUR, MINUTE } from '../../support/fake-clock';
import { createMemoryLedger } from '../../support/memory-ledger';
import { openRig } from '../../support/rig';
import { isFinal } from '../../../server/src/domain/message';
import { watchLedger } from './watched-ledger';

export const RULE = ruleOf({ event: 'changed', field: 'state', template: 'Order {{ number }}: {{ state }}' });

/** The real thing under the model's commands: a site, its gateway, and requests on their way that may never be answered. */
export const openWorld = async () => {
  const watched = watchLedger(createMemoryLedger());
  const rig = await openRig({
    ledger: watched.ledger,
    rules: [RULE],
    sending: { inFlight: 3, bulkSize: 4 },
  });
  /** Requests on their way: `answer` lets the gateway's answer come home. */
  const onTheirWay: { readonly answer: () => void; readonly done: Promise<unknown> }[] = [];
  /** How often a person said of a text that it was not sent. */
  const notSent = new Map<string, number>();
  let people = 0;
  let latest = rig.clock.now();
  const world = {
    rig,
    onTheirWay,
    notSent,
    nextPerson: (): string => phone(++people),
    /** The latest time the clock ever showed: it may be set back below it. */
    remember: (): void => {
      latest = Math.max(latest, rig.clock.now());
    },
    /** Posts what is sealed; with `hang` the answers stay away until somebody calls for them. */
    post: async (hang: boolean): Promise<void> => {
      const ids = await rig.sealed(rig.deps.sending.inFlight);
      if (!hang) return await rig.process.send(ids);
      const before = rig.gateway.submits.length;
      let answer = (): void => undefined;
      rig.gateway.hold = new Promise<void>((resolve) => (answer = resolve));
      let idle = 0;
      // A sender of their own: one that waits for answers lets the outcomes of others wait a moment for company.
      const send = createSender(rig.process);
      const sends = ids.map((id) => send([id]));
      for (const sent of sends) void sent.then(() => idle++);
      const gateway = rig.gateway;
      while (gateway.submits.length - before + idle < ids.length) await new Promise((resolve) => setImmediate(resolve));
      gateway.hold = null;
      onTheirWay.push({ answer, done: Promise.all(sends) });
    },
    /** What must hold whenever nobody is in the middle of a write. */
    check: async (): Promise<void> => {
      const submissions = new Map((await watched.submissions()).map((row) => [row.id, row]));
      const faults = [...watched.faults];
      for (const message of await rig.messages()) {
        const submission = message.submissionId ? submissions.get(message.submissionId) : null;
        const allowed = COMPANY[message.state];
        if (allowed && !(submission && allowed.includes(submission.state)))
          faults.push(`Message ${message.id} is ${message.state}, its submission ${submission?.state ?? 'missing'}`);
        if (message.state === 'queued' && message.submissionId !== null)
          faults.push(`Message ${message.id} is queued and in a submission`);
      }
      for (const submission of submissions.values())
        if (submission.state === 'accepted' && submission.campaignId === null)
          faults.push(`Submission ${submission.id} is accepted without a campaign id`);
      for (const account of ['main', 'second'])
        for (const [text, count] of rig.gatewayOf(account).reached())
          sentTimes.set(`${account} ${text}`, { text, count });
      const total = new Map<string, number>();
      for (const { text, count } of sentTimes.values()) total.set(text, (total.get(text) ?? 0) + count);
      for (const [text, count] of total)
        if (count > 1 + (notSent.get(text) ?? 0)) faults.push(`${text} may have been sent ${count} times`);
      for (const [id, count] of finalNotices()) if (count > 1) faults.push(`Message ${id} announced its end twice`);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
    /** The causes of all trouble go away; then enough time passes for everything to end. */
    calm: async (): Promise<void> => {
      world.remember();
      rig.clock.set(latest);
      for (const account of ['main', 'second']) {
        const gateway = rig.gatewayOf(account);
        Object.assign(gateway, { down: false, lockedOut: false, funds: '1000.00' });
        gateway.refusedAlphanames.clear();
        gateway.script.length = 0;
      }
      const second = (await rig.messages()).some(({ account }) => account === 'second');
      for (const account of second ? ['main', 'second'] : ['main']) {
        await rig.configure(account);
        await rig.settle();
        rig.gateway.say('DELIVERED');
        for (const step of [MINUTE, 20 * MINUTE, 3 * HOUR, DAY, 4 * DAY, DAY]) {
          rig.clock.advance(step);
          await rig.settle();
        }
      }
    },
    /** Nothing lost: every message ended, or waits for a person, and said so once. */
    checkEnd: async (): Promise<void> => {
      await world.check();
      const noticed = finalNotices();
      for (const message of await rig.messages()) {
        if (!isFinal(message.state) && message.state !== 'in_doubt')
          throw new Error(`Message ${message.id} never ended: ${message.state}, account ${message.account}`);
        if (message.state === 'in_doubt' && message.reason === null)
          throw new Error(`Message ${message.id} is in doubt without a reason`);
        if (isFinal(message.state) && message.state !== 'rejected' && noticed.get(message.id) !== 1)
          throw new Error(`Message ${message.id} ended as ${message.state} in silence`);
      }
    },
  };
  const sentTimes = new Map<string, { readonly text: string; readonly count: number }>();
  const finalNotices = (): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { id, state } of rig.noticed) if (isFinal(state)) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  };
  return world;
};

export type World = Awaited<ReturnType<typeof openWorld>>;

/** In which states the submission of a message may be: a message and its request move together. */
const COMPANY: Partial<Record<Message['state'], readonly SubmissionState[]>> = {
  claimed: ['sealed'],
  sending: ['sending'],
  accepted: ['accepted'],
  sent: ['accepted'],
  in_doubt: ['in_doubt', 'accepted'],
};
