import type { Knex } from 'knex';
import { v7 } from 'uuid';
import type { Intent } from '../../../server/src/delivery/ports';
import { sendMany, sendOne } from '../../../server/src/delivery/send-now';
import { bindLedger } from '../../../server/src/strapi/stores/ledger';
import { BATCH_SIZE, ORDERS, phoneOf, textOf, type ChildConfig } from './child-config';
import { RULE_KEY, UID, type ChildRunner } from './child-runner';
import type { Pass } from './points';

/** Every sixth order texts by a developer's call instead of a rule; both enter through one door. */
const CALL_EVERY = 6;

export interface Shop {
  readonly config: ChildConfig;
  readonly knex: Knex;
  readonly child: ChildRunner;
  readonly pass: Pass;
}

/** One order and the intent to text about it in one transaction, then the nudge: what the plugin does inside Strapi. */
export const placeOrder = async ({ config, knex, child, pass }: Shop, count: number): Promise<void> => {
  const number = `${config.owner}-${String(count)}`;
  const recipient = phoneOf(config.seed + count);
  const late = config.mistake === 'writes late';
  const byCall = !late && count % CALL_EVERY === 0;
  const intent = intentOf(number, recipient, child.deps.clock.now());
  await knex.transaction(async (transaction) => {
    await transaction(ORDERS).insert({ number, recipient });
    const ledger = bindLedger(transaction);
    if (byCall) {
      const request = { to: recipient, text: textOf(number), origin: 'code', createdBy: null } as const;
      await sendOne(ledger, request, child.deps);
    } else if (!late) await ledger.intents.insert([intent]);
    pass('C1-order-written');
  });
  pass('C2-order-committed');
  if (late) await child.deps.ledger.intents.insert([intent]);
  child.runner.nudge({ kind: byCall ? 'plan' : 'intent' });
};

export const intentOf = (number: string, phone: string, now: number): Intent => ({
  id: v7(),
  uid: UID,
  documentId: number,
  locale: null,
  rules: [{ key: RULE_KEY, version: '1', transition: 'created' }],
  before: null,
  after: { number, phone },
  state: 'pending',
  dueAt: now,
  createdAt: now,
  attempts: 0,
});

/** A batch under one key. Asked for again after a crash it must send what is missing and nothing twice. */
export const placeBatch = async ({ knex, child, pass }: Shop, batch: number): Promise<void> => {
  const key = `batch-${String(batch)}`;
  const rows = Array.from({ length: BATCH_SIZE }, (_, index) => ({
    number: `${key}-${String(index)}`,
    recipient: phoneOf(batch * 100 + index),
  }));
  await knex.transaction(async (transaction) => {
    await transaction(ORDERS).insert(rows).onConflict('number').ignore();
    await sendMany(
      bindLedger(transaction),
      {
        messages: rows.map(({ number, recipient }) => ({ to: recipient, text: textOf(number) })),
        individual: true,
        dedupeKey: key,
        origin: 'code',
        createdBy: null,
      },
      child.deps,
    );
    pass('C12-batch-written');
  });
  child.runner.nudge({ kind: 'plan' });
};
