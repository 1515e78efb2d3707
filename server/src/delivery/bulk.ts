import { estimateCost } from '../domain/cost';
import { due } from './due';
import { pause, type Closed, type PauseDeps } from './pauses';
import type { Account, DueMessage, SendingConfig } from './ports';

/** Messages that will travel in one request. */
export interface Chunk {
  readonly batchId: string | null;
  readonly messages: readonly DueMessage[];
}

export interface BulkDeps extends PauseDeps {
  readonly sending: SendingConfig;
}

/** A wrong sender name or a stop word must cost one recipient, then ten, before it can cost a hundred. */
const RAMP = [1, 10] as const;

/** Batches that are served side by side; more of them wait their turn. */
const BATCHES_AT_ONCE = 100;

/** A batch that may leave now. */
interface Queue {
  readonly batchId: string | null;
  /** Requests it may make at once, and the most messages in each. */
  readonly most: number;
  readonly size: number;
  /** Requests it has had: whoever had fewer comes first when there is not room for all. */
  readonly served: number;
}

/**
 * Cuts due bulk messages into campaigns: by batch and sender name, ramping up, and only as many as the balance covers,
 * because the gateway accepts a group it cannot pay for and stops it later. Batches share the room, so that neither a large
 * one nor one that waits for its ramp keeps the others from leaving.
 * @param room how many campaigns there is room for
 */
export const nextBulk = async (deps: BulkDeps, account: Account, closed: Closed, room: number): Promise<Chunk[]> => {
  if (await tooEarlyToLook(deps, account)) return [];
  const queues = (await readyQueues(deps, account, closed, room)).slice(0, room);
  const dealt: Chunk[][] = [];
  let left = room;
  for (const [index, queue] of queues.entries()) {
    // What the ones before did not need goes to those that come after.
    const share = Math.min(queue.most, Math.ceil(left / (queues.length - index)));
    const chunks = await cut(deps, account, closed, queue, share);
    dealt.push(chunks);
    left -= chunks.length;
  }
  const chunks = inTurns(dealt);
  return chunks.length > 0 ? await affordable(deps, account, chunks) : [];
};

const readyQueues = async (deps: BulkDeps, account: Account, closed: Closed, room: number): Promise<Queue[]> => {
  const queues: Queue[] = [];
  const batches = await deps.ledger.messages.dueBatches({
    account: account.key,
    now: deps.clock.now(),
    limit: BATCHES_AT_ONCE,
    exceptAlphanames: closed.alphanames,
  });
  for (const { batchId } of batches) {
    const { bulkSize } = deps.sending;
    const { accepted, open } = batchId
      ? await deps.ledger.submissions.batchProgress(batchId)
      : { accepted: RAMP.length, open: 0 };
    const step = RAMP[accepted];
    // The next step of the ramp waits for the answer to the one before.
    if (step !== undefined && open > 0) continue;
    const pace = step === undefined ? { most: room, size: bulkSize } : { most: 1, size: Math.min(step, bulkSize) };
    queues.push({ batchId, ...pace, served: accepted + open });
  }
  return queues.sort((a, b) => a.served - b.served);
};

const cut = async (
  deps: BulkDeps,
  account: Account,
  closed: Closed,
  { batchId, size }: Queue,
  share: number,
): Promise<Chunk[]> => {
  const messages = await due(deps, account, closed, { lane: 'bulk', limit: size * share, batchId });
  const chunks: Chunk[] = [];
  for (const group of groups(messages)) chunks.push(...slices(group, size, share - chunks.length));
  return chunks;
};

/** The first of each, then the second of each: they leave in the order in which they are sealed. */
const inTurns = (dealt: readonly (readonly Chunk[])[]): Chunk[] => {
  const longest = Math.max(0, ...dealt.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => dealt.flatMap((chunks) => chunks[turn] ?? [])).flat();
};

const slices = (group: readonly DueMessage[], size: number, most: number): Chunk[] => {
  const chunks: Chunk[] = [];
  let rest = group;
  while (rest.length > 0 && chunks.length < most) {
    const { taken, left } = takeDistinct(rest, size);
    chunks.push({ batchId: taken[0]?.batchId ?? null, messages: taken });
    rest = left;
  }
  return chunks;
};

/** One number at most once in a request: two answers for one number could not be told apart. */
const takeDistinct = (messages: readonly DueMessage[], size: number): { taken: DueMessage[]; left: DueMessage[] } => {
  const taken: DueMessage[] = [];
  const left: DueMessage[] = [];
  const seen = new Set<string>();
  for (const message of messages) {
    if (taken.length < size && !seen.has(message.to)) {
      seen.add(message.to);
      taken.push(message);
    } else left.push(message);
  }
  return { taken, left };
};

const groups = (messages: readonly DueMessage[]): DueMessage[][] => {
  const byKey = new Map<string, DueMessage[]>();
  for (const message of messages) {
    const key = JSON.stringify([message.batchId, message.alphaname]);
    const group = byKey.get(key);
    if (group) group.push(message);
    else byKey.set(key, [message]);
  }
  return [...byKey.values()];
};

/** While campaigns pause for want of money, the balance is asked only as often as that pause is probed; single texts go on. */
const tooEarlyToLook = async (deps: BulkDeps, account: Account): Promise<boolean> => {
  const waiting = (await deps.ledger.pauses.list(account.key)).find(({ reason }) => reason === 'bulk_unaffordable');
  return waiting?.probeAt !== undefined && waiting.probeAt !== null && waiting.probeAt > deps.clock.now();
};

/** Those campaigns that the balance covers; when it covers none of them, bulk pauses. */
const affordable = async (deps: BulkDeps, account: Account, chunks: readonly Chunk[]): Promise<Chunk[]> => {
  // Read before the balance: what is accepted in between counts twice for a moment, which is better than not at all.
  const promised = await deps.ledger.messages.segmentsOnTheWay(account.key);
  const balance = await account.gateway.balance();
  if (balance.kind !== 'ok') {
    await pause(deps, account.key, {
      reason: (balance.kind === 'unavailable' ? balance.pause : null) ?? 'gateway_unreachable',
      alphaname: null,
      detail: balance.kind === 'unavailable' ? balance.detail : null,
    });
    return [];
  }
  const covered = coveredBy(Number(balance.value), promised, chunks, deps.sending.pricePerSegment);
  if (covered.length > 0) await deps.ledger.pauses.clear(account.key, ['bulk_unaffordable'], null);
  else
    await pause(deps, account.key, {
      reason: 'bulk_unaffordable',
      alphaname: null,
      detail:
        promised > 0
          ? `The balance of ${balance.value} UAH does not cover the next campaign beside what is on its way. Top up the account.`
          : `The balance of ${balance.value} UAH does not cover the next campaign. Top up the account.`,
    });
  return covered;
};

/**
 * A campaign that is too dear waits, and so does the rest of its batch; a smaller one of another batch may still be paid for.
 * @param promised segments that are sealed or being sent: the balance does not show them yet
 */
const coveredBy = (
  balance: number,
  promised: number,
  chunks: readonly Chunk[],
  pricePerSegment: string | null,
): Chunk[] => {
  const covered: Chunk[] = [];
  const tooDear = new Set<string | null>();
  let segments = promised;
  for (const chunk of chunks) {
    if (tooDear.has(chunk.batchId)) continue;
    const more = segments + chunk.messages.reduce((sum, { segmentCount }) => sum + segmentCount, 0);
    const cost = estimateCost(more, pricePerSegment);
    if (cost ? balance < Number(cost.amount) : balance <= 0) tooDear.add(chunk.batchId);
    else {
      segments = more;
      covered.push(chunk);
    }
  }
  return covered;
};
