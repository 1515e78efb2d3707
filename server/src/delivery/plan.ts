import type { Submission } from '../domain/submission';
import { nextBulk, type Chunk } from './bulk';
import { due } from './due';
import { leasesOf } from './leases';
import { closedNow, type Closed, type PauseDeps } from './pauses';
import { sealedSubmission } from './seal';
import type { Account, Ids, Ledger, SendingConfig } from './ports';

export interface PlanDeps extends PauseDeps {
  readonly ids: Ids;
  readonly sending: SendingConfig;
  /** Id of this process. */
  readonly owner: string;
}

/**
 * Sealed requests kept ready per slot: enough that a free slot never waits for the planner, few enough that a pause, a
 * cancellation or a more urgent message still finds most of the queue unsealed.
 */
const READY_PER_SLOT = 4;
/** Bulk messages looked at in one go, unless a single campaign is larger. */
const BULK_AT_ONCE = 1_000;
const LOST_RACE_TRIES = 3;

class LostRace extends Error {}

/**
 * Due messages become sealed submissions: membership, payload and marker frozen, nothing sent, anyone may take them.
 * @returns how many submissions were sealed
 */
export const planDue = async (deps: PlanDeps, account: Account): Promise<number> => {
  const closed = await closedNow(deps.ledger, account.key);
  if (closed.account) return 0;
  const capacity = deps.sending.inFlight * READY_PER_SLOT;
  // Only those that may leave now: requests sealed under a sender name that pauses must not take the room of the others.
  const ready = await deps.ledger.submissions.sealed({
    account: account.key,
    limit: capacity,
    exceptAlphanames: closed.alphanames,
  });
  // Campaigns that wait for a slot do not take the room of service messages, which leave before them.
  const urgent = ready.filter(({ lane }) => lane === 'service').length;
  const singles = await planSingles(deps, account, closed, worthwhile(capacity - urgent, capacity / 2));
  // A campaign is worth a commit sooner: it holds many messages.
  const room = worthwhile(capacity - ready.length - singles, deps.sending.inFlight);
  return singles + (await planBulk(deps, account, closed, room));
};

/** With several requests ready per slot a new one could not leave soon anyway, so sealing waits until a commit is worth it. */
const worthwhile = (room: number, lot: number): number => (room < lot ? 0 : room);

/** Service messages go one per request: the gateway sends singles at full speed and checks funds only for singles. */
const planSingles = async (deps: PlanDeps, account: Account, closed: Closed, room: number): Promise<number> => {
  if (room <= 0) return 0;
  for (let tries = 0; tries < LOST_RACE_TRIES; tries++) {
    const messages = await due(deps, account, closed, { lane: 'service', limit: room, batchId: null });
    if (messages.length === 0) return 0;
    const chunks = messages.map((message): Chunk => ({
      batchId: message.batchId,
      messages: [message],
    }));
    if (await seal(deps, account, chunks)) return chunks.length;
  }
  return 0;
};

const planBulk = async (deps: PlanDeps, account: Account, closed: Closed, room: number): Promise<number> => {
  if (room <= 0) return 0;
  const campaigns = Math.max(1, Math.min(room, Math.floor(BULK_AT_ONCE / deps.sending.bulkSize)));
  return await alone(deps, account, closed, async () => {
    const chunks = await nextBulk(deps, account, closed, campaigns);
    if (chunks.length === 0) return 0;
    return (await seal(deps, account, chunks)) ? chunks.length : 0;
  });
};

/**
 * Campaigns are planned by one instance at a time: two that look at the same balance, or at the same step of a ramp, would both
 * spend it. Who comes second looks again after the next poll.
 */
const alone = async (
  { ledger, clock, sending, owner }: PlanDeps,
  account: Account,
  closed: Closed,
  plan: () => Promise<number>,
): Promise<number> => {
  if (sending.soleInstance) return await plan();
  const now = clock.now();
  const search = { account: account.key, now, limit: 1, exceptAlphanames: closed.alphanames };
  // Mostly there is no campaign, and then nobody needs the lease.
  if ((await ledger.messages.dueBatches(search)).length === 0) return 0;
  const name = `campaigns of ${account.key}`;
  if (!(await ledger.leases.take(name, owner, now, now + leasesOf(sending).choreMs))) return 0;
  try {
    return await plan();
  } finally {
    await ledger.leases.release(name, owner);
  }
};

/** Submissions and membership in one commit; false when another instance took one of the messages meanwhile. */
const seal = async (deps: PlanDeps, account: Account, chunks: readonly Chunk[]): Promise<boolean> => {
  const now = deps.clock.now();
  const submissions = chunks.map((chunk) => ({ chunk, submission: sealed(deps, account, chunk, now) }));
  const assignments = submissions.flatMap(({ chunk, submission }) =>
    chunk.messages.map(({ id, fence }) => ({ id, fence, submissionId: submission.id })),
  );
  try {
    await deps.ledger.transaction(async (ledger: Ledger) => {
      await ledger.submissions.insert(submissions.map(({ submission }) => submission));
      if ((await ledger.messages.claim(assignments)) !== assignments.length) throw new LostRace();
    });
    return true;
  } catch (error) {
    if (error instanceof LostRace) return false;
    throw error;
  }
};

const sealed = (deps: PlanDeps, account: Account, { batchId, messages }: Chunk, now: number): Submission => {
  const [first] = messages;
  const frame = {
    account: account.key,
    lane: first?.lane ?? 'service',
    alphaname: first?.alphaname ?? account.alphaname ?? '',
    batchId,
    expiresAt: Math.min(...messages.map(({ expiresAt }) => expiresAt)),
  };
  return sealedSubmission(deps.ids, frame, messages, now);
};
