import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Control } from '../control';
import type { FaultBook } from '../faults/fault-book';
import type { Account } from '../gateway/account';
import type { Ledger, Sms } from '../gateway/ledger';
import { formatMoney } from '../money';
import { viewSms } from '../views';

/** Changes of this long share one event: a campaign of thousands must not become thousands of events. */
const GATHER_MS = 50;
const MESSAGES_PER_EVENT = 500;
/** A page that reads slower than this falls behind for good; it is dropped and catches up by reconnecting. */
const MAX_UNSENT_BYTES = 8 * 1024 * 1024;
const KEEP_ALIVE_MS = 15_000;
const RECONNECT_MS = 500;

/** Server-Sent Events for the handset page and for watchers. The event id is the revision, so a reconnect misses nothing. */
export class EventStream {
  readonly #clients = new Set<ServerResponse>();
  readonly #changed = new Map<number, Sms>();
  #stateChanged = false;
  #timer: NodeJS.Timeout | null = null;
  readonly #keepAlive: NodeJS.Timeout;

  constructor(
    private readonly control: Control,
    private readonly account: Account,
    private readonly ledger: Ledger,
    private readonly faults: FaultBook,
  ) {
    ledger.onChange((sms) => {
      if (this.#clients.size === 0) return;
      // Deleted first, so that the order of the map is the order of the last changes.
      this.#changed.delete(sms.id);
      this.#changed.set(sms.id, sms);
      this.#gather();
    });
    account.onChange(() => this.#noteState());
    faults.onChange(() => this.#noteState());
    control.onReset(() => {
      this.#changed.clear();
      this.#broadcast('event: reset\ndata: {}\n\n');
    });
    this.#keepAlive = setInterval(() => this.#broadcast(': still here\n\n'), KEEP_ALIVE_MS);
    this.#keepAlive.unref();
  }

  /** @param after revision from which to tell; null: only what comes */
  serve(request: IncomingMessage, response: ServerResponse, after: number | null): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      Connection: 'keep-alive',
      'X-Accel-Buffering': 'no',
    });
    const lastEventId = Number(request.headers['last-event-id'] ?? NaN);
    const from = Number.isNaN(lastEventId) ? after : lastEventId;
    const { instance } = this.control.health();
    response.write(`retry: ${String(RECONNECT_MS)}\nevent: hello\ndata: ${JSON.stringify({ instance })}\n\n`);
    response.write(this.#stateEvent());
    if (from !== null) for (const event of this.#messageEvents(this.ledger.changedSince(from))) response.write(event);
    this.#clients.add(response);
    response.once('close', () => this.#clients.delete(response));
  }

  close(): void {
    clearInterval(this.#keepAlive);
    if (this.#timer) clearTimeout(this.#timer);
    for (const client of this.#clients) client.end();
    this.#clients.clear();
  }

  #noteState(): void {
    this.#stateChanged = true;
    if (this.#clients.size > 0) this.#gather();
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, GATHER_MS).unref();
  }

  #flush(): void {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    for (const event of this.#messageEvents(changed)) this.#broadcast(event);
    if (this.#stateChanged) this.#broadcast(this.#stateEvent());
    this.#stateChanged = false;
  }

  *#messageEvents(messages: readonly Sms[]): Iterable<string> {
    for (let from = 0; from < messages.length; from += MESSAGES_PER_EVENT) {
      const chunk = messages.slice(from, from + MESSAGES_PER_EVENT);
      const revision = chunk.at(-1)?.revision ?? 0;
      yield `id: ${String(revision)}\nevent: messages\ndata: ${JSON.stringify(chunk.map(viewSms))}\n\n`;
    }
  }

  #stateEvent(): string {
    const state = { balance: formatMoney(this.account.balance), faults: this.faults.list() };
    return `event: state\ndata: ${JSON.stringify(state)}\n\n`;
  }

  #broadcast(event: string): void {
    for (const client of this.#clients) {
      if (client.writableLength > MAX_UNSENT_BYTES) client.destroy();
      else client.write(event);
    }
  }
}
