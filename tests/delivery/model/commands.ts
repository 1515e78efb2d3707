import fc from 'fast-check';
import { cancelMessage, takeHints } from '../../../server/src/delivery/operator';
import { resolveInDoubt, type Resolution } from '../../../server/src/delivery/resolve-in-doubt';
import type { Message } from '../../../server/src/domain/message';
import { intentOf } from '../../support/builders';
import { DAY, HOUR, MINUTE, SECOND } from '../../support/fake-clock';
import {
  accept,
  acceptPartly,
  lose,
  refuse,
  repeatCampaign,
  unavailable,
  type Treatment,
} from '../../support/fake-gateway';
import { RULE, type World } from './world';

/** The model knows only what a command needs to make sense; what must hold is checked on the real thing after each. */
export interface Model {
  messages: number;
  hanging: number;
}
type Command = fc.AsyncCommand<Model, World>;

const command = (
  name: string,
  run: (world: World, model: Model) => Promise<unknown>,
  makesSense?: (model: Model) => boolean,
) => ({
  check: (model: Readonly<Model>) => makesSense?.(model) ?? true,
  run: async (model: Model, world: World): Promise<void> => {
    await run(world, model);
    world.remember();
    await world.check();
  },
  toString: () => name,
});
const hasMessages = ({ messages }: Model): boolean => messages > 0;
const hasHanging = ({ hanging }: Model): boolean => hanging > 0;

/** One of those in this state, or of all: a person looks at the log and picks. */
const pick = async (world: World, index: number, state: Message['state'] | null): Promise<Message | undefined> => {
  const all = await world.rig.messages();
  const fit = all.filter((message) => message.state === state);
  const from = fit.length > 0 ? fit : all;
  return from[index % from.length];
};

const call = fc
  .record({ waitMs: fc.constantFrom(0, 0, 0, MINUTE, HOUR), alphaname: fc.constantFrom(undefined, 'Second') })
  .map(({ waitMs, alphaname }) =>
    command(`call(+${waitMs} ms, ${alphaname ?? 'default'})`, async (world, model) => {
      await world.rig.send({ to: world.nextPerson(), alphaname, dueAt: world.rig.clock.now() + waitMs });
      model.messages++;
    }),
  );

const batch = fc.record({ size: fc.integer({ min: 2, max: 9 }), same: fc.boolean() }).map(({ size, same }) =>
  command(`batch(${size}, ${same ? 'group' : 'individual'})`, async (world, model) => {
    const messages = Array.from({ length: size }, (_, n) => ({
      to: world.nextPerson(),
      text: same ? 'Sale' : `Code ${n}`,
    }));
    await world.rig.sendMany({ messages });
    model.messages += size;
  }),
);

/** An order changes its state, maybe to one it had before: the same fact again. */
const order = fc
  .record({ number: fc.integer({ min: 1, max: 3 }), state: fc.constantFrom('paid', 'shipped') })
  .map(({ number, state }) =>
    command(`order(${number} is ${state})`, async ({ rig }, model) => {
      await rig.write(
        intentOf([RULE], {
          transition: `changed:state=${state}`,
          documentId: `order-${number}`,
          after: { number, state, phone: `+38067000000${number}` },
          createdAt: rig.clock.now(),
        }),
      );
      await rig.decide();
      model.messages++;
    }),
  );

const treatment: fc.Arbitrary<readonly [string, (world: World) => Treatment]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(['accept', () => accept()] as const) },
  { weight: 1, arbitrary: fc.constant(['accept none by name', silently] as const) },
  { weight: 1, arbitrary: fc.constant(['refuse text', () => refuse('message', { reason: 'refused_text' })] as const) },
  { weight: 1, arbitrary: fc.constant(['no funds', () => refuse('account', { pause: 'no_funds' })] as const) },
  {
    weight: 1,
    arbitrary: fc.constant(['bad name', () => refuse('alphaname', { pause: 'alphaname_refused' })] as const),
  },
  { weight: 1, arbitrary: fc.constant(['unavailable', () => unavailable()] as const) },
  { weight: 2, arbitrary: fc.constant(['lose', () => lose()] as const) },
  { weight: 1, arbitrary: fc.constant(['lose before', () => lose({ arrived: false })] as const) },
  { weight: 1, arbitrary: fc.constant(['lose with lead', () => lose({ lead: true })] as const) },
  { weight: 1, arbitrary: fc.constant(['lose with foreign lead', foreignLead] as const) },
  { weight: 1, arbitrary: fc.constant(['repeat an id', repeated] as const) },
);
function silently(): Treatment {
  return (request, gateway) => {
    const numbers = request.messages.map(({ recipient }) => recipient);
    const half = numbers.filter((_, index) => index % 2 === 0);
    return acceptPartly({ silent: numbers, inCampaign: half })(request, gateway);
  };
}
function lastCampaign({ rig }: World): string {
  return [...rig.gateway.campaigns.keys()].at(-1) ?? '1';
}
function foreignLead(world: World): Treatment {
  return lose({ arrived: false, lead: lastCampaign(world) });
}
function repeated(world: World): Treatment {
  return repeatCampaign(lastCampaign(world));
}

const post = fc
  .record({ script: fc.array(treatment, { minLength: 1, maxLength: 3 }), hang: fc.boolean() })
  .map(({ script, hang }) =>
    command(
      `post(${script.map(([name]) => name).join(', ')}${hang ? '; no answer yet' : ''})`,
      async (world, model) => {
        const { gateway } = world.rig;
        await world.rig.plan();
        gateway.script.splice(0, gateway.script.length, ...script.map(([, make]) => make(world)));
        const hanging = world.onTheirWay.length;
        await world.post(hang);
        gateway.script.length = 0;
        model.hanging += world.onTheirWay.length - hanging;
      },
    ),
  );

const answer = fc.nat(5).map((index) =>
  command(
    `answer(${index})`,
    async ({ onTheirWay }, model) => {
      const [request] = onTheirWay.splice(index % onTheirWay.length, 1);
      model.hanging--;
      request?.answer();
      await request?.done;
    },
    hasHanging,
  ),
);

const trouble = fc
  .constantFrom<readonly [string, (world: World) => void]>(
    ['gateway down', ({ rig }) => (rig.gateway.down = true)],
    ['gateway up', ({ rig }) => (rig.gateway.down = false)],
    ['login refused', ({ rig }) => (rig.gateway.lockedOut = true)],
    ['login good', ({ rig }) => (rig.gateway.lockedOut = false)],
    ['no money', ({ rig }) => (rig.gateway.funds = '0.00')],
    ['money', ({ rig }) => (rig.gateway.funds = '100.00')],
    ['name refused', ({ rig }) => rig.gateway.refusedAlphanames.add('Second')],
    ['name good', ({ rig }) => rig.gateway.refusedAlphanames.clear()],
  )
  .map(([name, happen]) => command(name, (world) => Promise.resolve(happen(world))));

const configure = fc
  .constantFrom('main', 'main', 'main', 'second', null)
  .map((account) => command(`configure(${account})`, ({ rig }) => rig.configure(account)));

const say = fc
  .constantFrom('PENDING', 'SENT', 'DELIVERED', 'UNDELIV', 'STOPED', 'XYZ')
  .map((word) => command(`say(${word})`, ({ rig }) => Promise.resolve(rig.gateway.say(word))));

const cancel = fc.nat(20).map((index) =>
  command(
    `cancel(${index})`,
    async (world) => {
      const message = await pick(world, index, index % 2 === 0 ? 'queued' : 'claimed');
      if (message) await cancelMessage(world.rig.deps, message.id);
    },
    hasMessages,
  ),
);

const resolve = fc
  .record({ index: fc.nat(20), decision: fc.constantFrom('accepted', 'not_sent', 'close') })
  .map(({ index, decision }) =>
    command(
      `resolve(${index}, ${decision})`,
      async (world) => {
        const message = await pick(world, index, 'in_doubt');
        if (!message) return;
        const resolution: Resolution =
          decision === 'accepted' ? { decision, campaignId: lastCampaign(world) } : { decision };
        const { ok } = await resolveInDoubt(world.rig.deps, message.id, resolution, 'Olena');
        const text = `${message.to} ${message.text}`;
        if (ok && decision === 'not_sent') world.notSent.set(text, (world.notSent.get(text) ?? 0) + 1);
      },
      hasMessages,
    ),
  );

const clock = fc
  .constantFrom(SECOND, 6 * SECOND, 20 * SECOND, MINUTE, 10 * MINUTE, HOUR, DAY, -HOUR, -DAY)
  .map((ms) => command(`clock(${ms / SECOND} s)`, ({ rig }) => Promise.resolve(rig.clock.advance(ms))));

/** A quiet minute: pauses are probed, expired texts and dead requests cleared away. */
const quiet = fc.constant(
  command('quiet minute', async ({ rig }) => {
    rig.clock.advance(MINUTE);
    await rig.chores();
  }),
);

const hint = fc.constant(command('hint', ({ rig }) => takeHints(rig.deps, [...rig.gateway.campaigns.keys()])));

/** Requests that hang keep hanging: nobody there hears the answer, or a process that thinks it is alive does. */
const die = fc.constant(command('die', ({ rig }) => Promise.resolve(rig.restart())));

const often = (times: number, one: fc.Arbitrary<Command>): fc.Arbitrary<Command>[] =>
  Array.from({ length: times }, () => one);

export const commands: fc.Arbitrary<Command>[] = [
  ...often(4, call),
  ...often(2, batch),
  ...often(2, order),
  ...often(12, post),
  ...often(3, answer),
  ...often(4, resolve),
  ...often(2, clock),
  ...often(8, quiet),
  fc.constant(command('chores', ({ rig }) => rig.chores())),
  ...often(2, fc.constant(command('ask', ({ rig }) => rig.ask()))),
  ...often(2, trouble),
  fc.constant(command('plan', ({ rig }) => rig.plan())),
  configure,
  die,
  say,
  hint,
  cancel,
];
