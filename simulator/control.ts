import { randomUUID } from 'node:crypto';

import type { Clock } from './clock';
import type { FaultBook, FaultRule, NewFault } from './faults/fault-book';
import type { Account } from './gateway/account';
import type { Ledger, SmsFilter } from './gateway/ledger';
import type { Lifecycle } from './gateway/lifecycle';
import type { Pusher, PushRecord } from './push';
import type { RecordFilter, RequestLog, RequestRecord } from './request-log';
import type { Settings } from './settings';
import type { SettingsPatch } from './settings-input';
import { viewSms, type SmsView } from './views';

export interface Health {
  readonly ok: true;
  /** Changes with every start of the simulator. */
  readonly instance: string;
  /** ISO 8601, UTC, simulated time. */
  readonly time: string;
  readonly messages: number;
  readonly requests: number;
  readonly pendingPushes: number;
  readonly faults: number;
}

/** Messages with the cursors for the next question. */
export interface MessagePage {
  readonly messages: readonly SmsView[];
  /** Give it to the event stream to hear every later change. */
  readonly revision: number;
  readonly total: number;
  readonly instance: string;
}

/** Everything the control API can do, for use in the same process. */
export class Control {
  readonly #instance = randomUUID();
  readonly #resetListeners = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly account: Account,
    private readonly ledger: Ledger,
    private readonly lifecycle: Lifecycle,
    private readonly faultBook: FaultBook,
    private readonly pusher: Pusher,
    private readonly log: RequestLog,
  ) {}

  health(): Health {
    return {
      ok: true,
      instance: this.#instance,
      time: new Date(this.clock.now()).toISOString(),
      messages: this.ledger.size,
      requests: this.log.total,
      pendingPushes: this.pusher.pending,
      faults: this.faultBook.list().length,
    };
  }

  requests(filter: RecordFilter = {}): readonly RequestRecord[] {
    return this.log.find(filter);
  }

  messages(filter: SmsFilter = {}): readonly SmsView[] {
    return this.ledger.find(filter).map(viewSms);
  }

  messagePage(filter: SmsFilter): MessagePage {
    const { revision, size } = this.ledger;
    return { messages: this.messages(filter), revision, total: size, instance: this.#instance };
  }

  settings(): Settings {
    return this.account.view();
  }

  /** @throws InputError naming the field */
  updateSettings(patch: SettingsPatch): Settings {
    this.account.patch(patch);
    return this.account.view();
  }

  faults(): readonly FaultRule[] {
    return this.faultBook.list();
  }

  /** @throws InputError naming the field */
  addFault(fault: NewFault): FaultRule {
    return this.faultBook.add(fault);
  }

  removeFault(id: number): boolean {
    return this.faultBook.remove(id);
  }

  clearFaults(): void {
    this.faultBook.clear();
  }

  pushes(): readonly PushRecord[] {
    return this.pusher.records();
  }

  /** Moves simulated time forward; messages, moderation and pushes catch up at once. @param ms milliseconds */
  advance(ms: number): void {
    this.clock.advance(ms);
  }

  /** Back to the start: no messages, requests, faults, pushes; settings and chance as at first. Campaign ids go on. */
  reset(): void {
    this.lifecycle.reset();
    this.pusher.reset();
    this.ledger.clear();
    this.log.clear();
    this.faultBook.reset();
    this.account.reset();
    for (const listener of this.#resetListeners) listener();
  }

  onReset(listener: () => void): void {
    this.#resetListeners.add(listener);
  }
}
