import { closeSync, openSync, writeSync } from 'node:fs';

import type { FaultKind } from './faults/kinds';
import type { Campaign } from './gateway/ledger';

/** One message of an accepted request. */
export interface AcceptedItem {
  readonly recipient: string;
  readonly text: string;
  readonly alphaname: string;
}

/** One API request and what came of it. The log is the oracle of crash tests: it says what was accepted, answered or not. */
export interface RequestRecord {
  readonly id: number;
  /** ISO 8601, UTC, simulated time. */
  readonly time: string;
  readonly path: string;
  /** null when the body could not be read as a request, or was not read at all. */
  readonly operation: string | null;
  /**
   * ACCEPT; OK for other successes; a refusal's code; EMPTY, DENIED, UNAUTHORIZED, TOO_LARGE, ABORTED (the client left before
   * its request was whole); NOT_HANDLED when a fault kept the request from the gateway.
   */
  readonly outcome: string;
  /** The HTTP status sent, or null when the connection ended without an answer. */
  readonly httpStatus: number | null;
  readonly fault: FaultKind | null;
  readonly slow: boolean;
  /** The true id, also where a fault showed another. */
  readonly campaignId: string | null;
  /** Everything accepted by this request, whether or not the answer said so. */
  readonly accepted: readonly AcceptedItem[];
}

export interface RecordFilter {
  readonly operation?: string;
  readonly outcome?: string;
  readonly after?: number;
  readonly limit?: number;
}

export const acceptedItems = (campaign: Campaign | null): AcceptedItem[] =>
  campaign?.sms.map(({ recipient, text, alphaname }) => ({ recipient, text, alphaname })) ?? [];

/** Keeps the newest requests in memory and, when asked to, all of them in a file. */
export class RequestLog {
  #records: RequestRecord[] = [];
  #lastId = 0;
  #file: number | null;

  /** @param file JSON lines are appended here. @throws when it cannot be opened */
  constructor(
    private readonly maxRecords: number,
    file: string | null,
  ) {
    this.#file = file === null ? null : openSync(file, 'a');
  }

  /** Writes before the answer leaves: an accepted message is on disk whatever happens to the client afterwards. */
  add(record: Omit<RequestRecord, 'id'>): RequestRecord {
    const whole = { id: ++this.#lastId, ...record };
    this.#records.push(whole);
    // Dropped in bulk: shifting one by one would cost a copy of the list per request.
    if (this.#records.length > 2 * this.maxRecords) this.#records = this.#records.slice(-this.maxRecords);
    if (this.#file !== null) writeSync(this.#file, `${JSON.stringify(whole)}\n`);
    return whole;
  }

  find({ operation, outcome, after, limit }: RecordFilter = {}): RequestRecord[] {
    const found = this.#records.filter(
      (record) =>
        (operation === undefined || record.operation === operation) &&
        (outcome === undefined || record.outcome === outcome) &&
        (after === undefined || record.id > after),
    );
    return found.slice(-(limit ?? this.maxRecords));
  }

  /** How many requests came since the start. */
  get total(): number {
    return this.#lastId;
  }

  /** Forgets the memory; the file stays, for it is evidence. */
  clear(): void {
    this.#records = [];
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
