import type { MessageId } from '../domain/brands';
import { REPORT_GRACE_MS } from '../domain/retry-policy';
import type { Submission } from '../domain/submission';
import type { ChoreDeps } from './chores';
import { BELIEVABLE_MS, sendingLeaseMs } from './leases';
import type { Ledger } from './ports';
import { tripBreaker } from './record-outcome';

const AT_ONCE = 200;

/**
 * What died while `sending` may have left: it becomes in doubt and is never taken again by itself. In a database that only
 * this process uses every foreign owner is dead; otherwise the lease tells when to look (correctness does not rest on it:
 * a sender that wakes up late finds its fence gone or brings the proof). Returns a turn to be called now and then, which
 * resolves to the number of requests it parked.
 */
export const createParker = (deps: ChoreDeps): (() => Promise<number>) => {
  const outstanding = createWatch(deps);
  return async () => {
    const now = deps.clock.now();
    const died = await deps.ledger.submissions.abandoned({
      now,
      limit: AT_ONCE,
      soleOwner: deps.sending.soleInstance ? deps.owner : null,
    });
    const abandoned = [...died, ...(await outstanding(new Set(died.map(({ id }) => id))))];
    if (abandoned.length === 0) return 0;
    const parked = await deps.ledger.transaction((ledger) => park(ledger, abandoned, now));
    deps.notices.stateReached(parked.map((id) => ({ id, state: 'in_doubt' })));
    deps.log.warn(`${abandoned.length} request(s) were on their way when a process ended; they are shown as in doubt`);
    for (const account of new Set(abandoned.map((row) => row.account))) await tripBreaker(deps, account);
    return abandoned.length;
  };
};

/**
 * Leases that end unbelievably late were written under a wrong clock and say nothing about when to look. Their requests are
 * watched by our own clock instead: whoever holds one for a whole lease before our eyes has died.
 */
const createWatch = (deps: ChoreDeps): ((known: ReadonlySet<string>) => Promise<Submission[]>) => {
  let firstSeen = new Map<string, number>();
  return async (known) => {
    const now = deps.clock.now();
    const after = now + BELIEVABLE_MS;
    const overlong = await deps.ledger.submissions.leasedBeyond({ after, limit: AT_ONCE });
    const watched = overlong.filter(({ id }) => !known.has(id));
    firstSeen = new Map(watched.map((row) => [keyOf(row), firstSeen.get(keyOf(row)) ?? now]));
    return watched.filter((row) => now - (firstSeen.get(keyOf(row)) ?? now) >= sendingLeaseMs(deps.sending));
  };
};

/** The fence tells a request that was sealed again from the one that was seen before. */
const keyOf = ({ id, fence }: Submission): string => `${id} ${String(fence)}`;

const park = async (ledger: Ledger, abandoned: readonly Submission[], now: number): Promise<MessageId[]> => {
  const detail = 'The process ended while this request was on its way; nobody saw the answer.';
  await ledger.submissions.change(
    abandoned.map(({ id, fence, expiresAt }) => ({
      id,
      from: ['sending'] as const,
      fence,
      to: 'in_doubt' as const,
      patch: { finishedAt: now, reason: 'process_died' as const, detail, pollUntil: expiresAt + REPORT_GRACE_MS },
    })),
  );
  const messages = await ledger.messages.bySubmissions(abandoned.map(({ id }) => id));
  const applied = await ledger.messages.change(
    messages.map(({ id, fence }) => ({
      id,
      from: ['sending'] as const,
      fence,
      to: 'in_doubt' as const,
      reason: 'process_died' as const,
      detail,
    })),
  );
  return messages.filter((_, index) => applied[index]).map(({ id }) => id);
};
