import type { Clock } from './clock';
import type { Account } from './gateway/account';
import type { Ledger, Sms, SmsChange } from './gateway/ledger';
import { messageStateLine } from './gateway/reports';
import { isFinalStatus } from './gateway/statuses';
import { document } from './xml/writer';

/** One try to post states to the client's URL. */
export interface PushRecord {
  /** ISO 8601, UTC, simulated time. */
  readonly time: string;
  readonly states: readonly { readonly campaignId: string; readonly recipient: string; readonly status: string }[];
  readonly attempt: number;
  /** The HTTP status, or null when there was no answer. */
  readonly httpStatus: number | null;
}

/** A status as it was when it changed; the message moves on while the push waits. */
type State = Pick<Sms, 'campaign' | 'recipient' | 'status' | 'changedAt'>;

interface Push {
  readonly url: string;
  readonly states: readonly State[];
  readonly attempt: number;
}

/** A slow receiver must not hold more than this many connections, nor make the queue grow for ever. */
const CONCURRENT = 8;
const MAX_WAITING = 20_000;
const MAX_RECORDS = 1000;
const DEFAULT_DELAY_MS = 5000;

/** Posts status changes to the configured URL, beside the gateway's work and never in its way. */
export class Pusher {
  #buffer: State[] = [];
  #waiting: Push[] = [];
  #running = 0;
  #records: PushRecord[] = [];
  readonly #open = new Set<AbortController>();
  /** Grows with a reset, so that what was planned before does nothing. */
  #generation = 0;

  constructor(
    private readonly clock: Clock,
    private readonly account: Account,
    ledger: Ledger,
  ) {
    ledger.onChange((sms, change) => this.#noticed(sms, change));
  }

  /** The newest tries. */
  records(): readonly PushRecord[] {
    return this.#records;
  }

  /** Pushes not yet settled. */
  get pending(): number {
    return this.#waiting.length + this.#running + this.#buffer.length;
  }

  /** Forgets what was not sent yet. */
  reset(): void {
    this.#generation += 1;
    for (const controller of this.#open) controller.abort();
    this.#buffer = [];
    this.#waiting = [];
    this.#records = [];
  }

  #noticed(sms: Sms, change: SmsChange): void {
    const { url, statuses } = this.account.settings.push;
    if (url === null || change !== 'status' || (statuses === 'final' && !isFinalStatus(sms.status))) return;
    const { campaign, recipient, status, changedAt } = sms;
    const state: State = { campaign, recipient, status, changedAt };
    const fault = campaign.pushFault;
    if (fault?.kind === 'lose-push') return;
    if (fault?.kind === 'delay-push') {
      this.#later(this.account.scaled(fault.params.ms ?? DEFAULT_DELAY_MS), () => this.#collect(state));
      return;
    }
    this.#collect(state);
    if (fault?.kind === 'duplicate-push') this.#collect(state);
  }

  /** States of one instant share a push when several are allowed in one. */
  #collect(state: State): void {
    this.#buffer.push(state);
    if (this.#buffer.length >= this.account.settings.push.perPush) this.#flush();
    else if (this.#buffer.length === 1) this.#later(0, () => this.#flush());
  }

  #flush(): void {
    const { url } = this.account.settings.push;
    const states = this.#buffer;
    this.#buffer = [];
    if (url === null || states.length === 0) return;
    this.#enqueue({ url, states, attempt: 1 });
  }

  #enqueue(push: Push): void {
    if (this.#waiting.length >= MAX_WAITING) this.#waiting.shift();
    this.#waiting.push(push);
    this.#work();
  }

  #work(): void {
    while (this.#running < CONCURRENT) {
      const push = this.#waiting.shift();
      if (push === undefined) return;
      this.#running += 1;
      void this.#post(push);
    }
  }

  async #post(push: Push): Promise<void> {
    const { retries, retryAfterMs, timeoutMs } = this.account.settings.push;
    const generation = this.#generation;
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), timeoutMs);
    this.#open.add(controller);
    let httpStatus: number | null = null;
    try {
      const response = await fetch(push.url, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml; charset=utf-8' },
        body: document('message', push.states.map(messageStateLine)),
        redirect: 'manual',
        signal: controller.signal,
      });
      httpStatus = response.status;
      await response.body?.cancel();
    } catch {
      // No answer is an answer here: the receiver is down or slow, and the record below says so.
      httpStatus = null;
    }
    clearTimeout(timer);
    this.#open.delete(controller);
    this.#running -= 1;
    if (generation === this.#generation) {
      this.#record(push, httpStatus);
      const succeeded = httpStatus !== null && httpStatus < 300;
      if (!succeeded && push.attempt <= retries) {
        const again = { ...push, attempt: push.attempt + 1 };
        this.#later(this.account.scaled(retryAfterMs * push.attempt), () => this.#enqueue(again));
      }
    }
    this.#work();
  }

  #later(ms: number, task: () => void): void {
    const generation = this.#generation;
    this.clock.schedule(this.clock.now() + ms, () => {
      if (generation === this.#generation) task();
    });
  }

  #record({ states, attempt }: Push, httpStatus: number | null): void {
    const told = states.map(({ campaign, recipient, status }) => ({ campaignId: campaign.id, recipient, status }));
    this.#records.push({ time: new Date(this.clock.now()).toISOString(), states: told, attempt, httpStatus });
    if (this.#records.length > MAX_RECORDS) this.#records.shift();
  }
}
