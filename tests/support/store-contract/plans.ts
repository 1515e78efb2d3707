import type { Knex } from 'knex';
import type { Ledger } from '../../../server/src/delivery/ports';
import { createKnexLedger } from '../../../server/src/strapi/stores/ledger';
import type { TestDatabase } from '../knex-ledger';
import {
  ACCOUNT,
  campaignId,
  decision,
  intent,
  keyOf,
  message,
  messageId,
  MINUTE,
  NOW,
  range,
  submission,
  submissionId,
} from './builders';
import { comparesBareState, comparesState, STEPS } from './compare-and-set-plans';
import { crowdContract } from './crowd-plans';
import { statementsOf, type Explain } from './statements';

/** A call that runs all the time, and the index without which it would read a whole table. */
interface Hot {
  readonly call: string;
  readonly index: RegExp;
  readonly run: (ledger: Ledger) => Promise<unknown>;
}

/** MySQL looks a unique key up while it plans, and says so when it is not there. */
const BY_ID = /_document_id_uq|_documents_idx|reading const tables/;
/** Indexes in which a state stands before whatever tells a row. */
const BY_STATE = /_(state|plan|expiring|sealed|doubt|abandoned|due)_ix/;
const PAGE = { page: 1, pageSize: 25 };
const someMessages = range(50).map(() => messageId());
const someSubmissions = range(50).map(() => submissionId());
const plan = (limit: number) =>
  ({
    account: ACCOUNT,
    lane: 'service',
    now: NOW,
    limit,
    window: 8 * limit,
    exceptAlphanames: ['BAD'],
    batchId: null,
  }) as const;

const HOT: readonly Hot[] = [
  { call: 'messages.dueForPlan', index: /messages_plan_ix/, run: (l) => l.messages.dueForPlan(plan(50)) },
  {
    call: 'messages.dueForPlan',
    index: /messages_plan_ix/,
    run: (l) => l.messages.dueForPlan({ ...plan(50), lane: 'bulk', batchId: 'batch-big' }),
  },
  {
    call: 'messages.dueForPlan',
    index: /messages_plan_ix/,
    run: (l) => l.messages.dueForPlan({ ...plan(50), lane: 'bulk', batchId: null }),
  },
  {
    call: 'messages.dueBatches',
    index: /messages_plan_ix/,
    run: (l) => l.messages.dueBatches({ account: ACCOUNT, now: NOW, limit: 50, exceptAlphanames: ['BAD'] }),
  },
  {
    call: 'messages.segmentsOnTheWay',
    index: /(plan|expiring|state)_ix/,
    run: (l) => l.messages.segmentsOnTheWay(ACCOUNT),
  },
  { call: 'messages.get', index: BY_ID, run: (l) => l.messages.get(messageId()) },
  { call: 'messages.insertNew', index: /messages_dedupe_key_uq/, run: (l) => l.messages.insertNew([message()]) },
  {
    call: 'messages.claim',
    index: BY_ID,
    run: (l) => l.messages.claim(someMessages.map((id) => ({ id, fence: 0, submissionId: submissionId() }))),
  },
  { call: 'messages.startSending', index: /submission_ix/, run: (l) => l.messages.startSending(someSubmissions) },
  { call: 'messages.bySubmissions', index: /submission_ix/, run: (l) => l.messages.bySubmissions(someSubmissions) },
  {
    call: 'messages.change',
    index: BY_ID,
    run: (l) => l.messages.change(someMessages.map((id) => ({ id, from: ['sending'], to: 'accepted' }))),
  },
  { call: 'messages.expireWaiting', index: /expiring_ix/, run: (l) => l.messages.expireWaiting(NOW, 50) },
  { call: 'messages.erase', index: /retention_ix/, run: (l) => l.messages.erase({ finalBefore: NOW, limit: 50 }) },
  { call: 'messages.list', index: /messages_log_ix/, run: (l) => l.messages.list({}, PAGE) },
  { call: 'messages.list', index: /_document_ix/, run: (l) => l.messages.list({ documentId: 'order-7' }, PAGE) },
  { call: 'messages.list', index: /_batch_ix/, run: (l) => l.messages.list({ batchId: 'batch-7' }, PAGE) },
  {
    call: 'submissions.sealed',
    index: /sealed_ix/,
    run: (l) => l.submissions.sealed({ account: ACCOUNT, limit: 50, exceptAlphanames: [] }),
  },
  { call: 'submissions.countSealed', index: /sealed_ix|doubt_ix/, run: (l) => l.submissions.countSealed(ACCOUNT) },
  {
    call: 'submissions.startSending',
    index: BY_ID,
    run: (l) => l.submissions.startSending(someSubmissions, { owner: 'me', now: NOW, leaseUntil: NOW }),
  },
  {
    call: 'submissions.change',
    index: BY_ID,
    run: (l) =>
      l.submissions.change(someSubmissions.map((id) => ({ id, from: ['sending'], to: 'in_doubt', patch: {} }))),
  },
  {
    call: 'submissions.abandoned',
    index: /abandoned_ix/,
    run: (l) => l.submissions.abandoned({ now: NOW, limit: 50, soleOwner: null }),
  },
  {
    call: 'submissions.leasedBeyond',
    index: /abandoned_ix/,
    run: (l) => l.submissions.leasedBeyond({ after: NOW, limit: 50 }),
  },
  {
    call: 'submissions.duePolls',
    index: /poll_ix/,
    run: (l) => l.submissions.duePolls({ account: ACCOUNT, now: NOW, limit: 50 }),
  },
  { call: 'submissions.nextPollAt', index: /poll_ix/, run: (l) => l.submissions.nextPollAt(ACCOUNT) },
  { call: 'submissions.hintPoll', index: /campaign_uq/, run: (l) => l.submissions.hintPoll(ACCOUNT, ['1'], NOW) },
  { call: 'submissions.hintPoll', index: /lead_ix/, run: (l) => l.submissions.hintPoll(ACCOUNT, ['1'], NOW) },
  { call: 'submissions.byCampaign', index: /campaign_uq/, run: (l) => l.submissions.byCampaign(ACCOUNT, '1') },
  { call: 'submissions.batchProgress', index: /batch_ix/, run: (l) => l.submissions.batchProgress('batch-7') },
  {
    call: 'submissions.proof',
    index: /doubt_ix/,
    run: (l) => l.submissions.proof({ account: ACCOUNT, alphaname: null, since: NOW + MINUTE }),
  },
  {
    call: 'submissions.countInDoubtSince',
    index: /doubt_ix/,
    run: (l) => l.submissions.countInDoubtSince(ACCOUNT, NOW - MINUTE),
  },
  {
    call: 'intents.claimDue',
    index: /due_ix/,
    run: (l) => l.intents.claimDue({ now: NOW, limit: 20, leaseUntil: NOW + MINUTE }),
  },
  { call: 'intents.nextDueAt', index: /due_ix/, run: (l) => l.intents.nextDueAt() },
  { call: 'intents.finish', index: BY_ID, run: (l) => l.intents.finish('unknown', 'decided', null) },
  { call: 'intents.erase', index: /retention_ix/, run: (l) => l.intents.erase({ before: NOW, limit: 50 }) },
  {
    call: 'decisions.existsBefore',
    index: /history_ix|_document_ix/,
    run: (l) => l.decisions.existsBefore('order-paid', 'order-7', 'f'),
  },
];

const ROWS = 10_000;

/** A site some months old during a bulk send: most messages are final, many wait for their turn, few for an order. */
const fill = async (ledger: Ledger): Promise<void> => {
  const every = <T>(index: number, step: number, special: T, usual: T): T => (index % step === 0 ? special : usual);
  await ledger.messages.insertNew(
    range(ROWS).map((index) =>
      message({
        state: every(index, 100, 'queued', every(index, 3, 'queued', 'delivered')),
        lane: every(index, 100, 'service', 'bulk'),
        dueAt: NOW - index,
        createdAt: NOW - index,
        finalAt: every(index, 100, null, NOW + index),
        documentId: `order-${index}`,
        batchId: every(index, 100, null, every(index, 9, `batch-${index % 90}`, every(index, 2, 'batch-big', null))),
        submissionId: every(index, 100, null, submissionId()),
        dedupeKey: keyOf(`plan-${index}`),
      }),
    ),
  );
  await ledger.submissions.insert(
    range(ROWS).map((index) =>
      submission({
        state: every(index, 100, 'sealed', 'accepted'),
        campaignId: every(index, 100, null, campaignId(String(index))),
        batchId: every(index, 9, `batch-${index % 90}`, null),
        pollAt: every(index, 50, NOW - index, null),
        finishedAt: NOW - index,
      }),
    ),
  );
  await ledger.intents.insert(
    range(ROWS).map((index) =>
      intent({ state: every(index, 100, 'pending', 'decided'), dueAt: NOW - index, documentId: `order-${index}` }),
    ),
  );
  await ledger.decisions.insertNew(range(ROWS).map((index) => decision({ documentId: `order-${index}` })));
};

/**
 * Hot calls find their rows by an index, however old the site is.
 */
export const planContract = (
  name: string,
  makeDatabase: () => Promise<TestDatabase>,
  explain: Explain,
  analyze: (knex: Knex) => Promise<unknown>,
): void => {
  crowdContract(name, makeDatabase, explain, analyze);
  describe(`plans of ${name}`, () => {
    let database: TestDatabase | null = null;
    const knexOf = (): Knex => {
      if (!database) throw new Error('The database under test is not ready');
      return database.knex;
    };
    beforeAll(async () => {
      database = await makeDatabase();
      await fill(createKnexLedger(database.knex));
      await analyze(database.knex);
    }, 120_000);
    afterAll(() => database?.destroy());

    it.each(HOT.map((hot) => [hot.call, hot.index, hot] as const))('%s uses %s', async (_call, index, hot) => {
      const knex = knexOf();
      const statements = await statementsOf(knex, () => hot.run(createKnexLedger(knex)));
      const paged = statements.filter(({ sql }) => hot.call !== 'messages.list' || !sql.includes('count('));
      expect(paged).not.toEqual([]);
      const plans = [];
      for (const { sql, bindings } of paged) plans.push(await explain(knex, sql, bindings));
      expect(plans.filter(({ wholeTable }) => wholeTable)).toEqual([]);
      expect(plans.map(({ plan }) => plan).join('\n')).toMatch(index);
    });

    it('find the rows of a compare-and-set by their ids, never by their state', async () => {
      const knex = knexOf();
      const ledger = createKnexLedger(knex);
      for (const { call, run } of STEPS) {
        const updates = (await statementsOf(knex, () => run(ledger))).filter(
          ({ sql }) => /^update/i.test(sql) && comparesState(sql),
        );
        expect([call, updates.length > 0]).toEqual([call, true]);
        expect([call, updates.filter(({ sql }) => comparesBareState(sql))]).toEqual([call, []]);
        for (const { sql, bindings } of updates) {
          const { plan, wholeTable } = await explain(knex, sql, bindings);
          expect([call, wholeTable, plan.match(BY_STATE)?.[0]]).toEqual([call, false, undefined]);
        }
      }
    });
  });
};
