import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { Clock } from '../clock';
import { deliver, spoil, type Delivery, type HttpAnswer } from '../faults/delivery';
import type { FaultBook } from '../faults/fault-book';
import { stageOf, type Fault } from '../faults/kinds';
import type { Account } from '../gateway/account';
import type { Gateway } from '../gateway/gateway';
import type { Campaign } from '../gateway/ledger';
import { readRequest, type ReadRequest } from '../gateway/request';
import type { Endpoint } from '../gateway/send-rules';
import { acceptedItems, type RequestLog, type RequestRecord } from '../request-log';
import { BodyAbortedError, BodyTooLargeError, readBody } from './body';

/** Ten thousand individual texts of several parts stay well below. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

const ENDPOINTS = new Map<string, Endpoint>([
  ['/api/api.php', 'api'],
  ['/api/api.noai.php', 'noai'],
]);

/** The gateway says windows-1251 and writes UTF-8; clients must cope. */
const HEADERS = { 'Content-Type': 'text/html; charset=windows-1251', Server: 'svitsms-simulator' };
const CHALLENGE = { ...HEADERS, 'WWW-Authenticate': 'Basic realm="SMS-HTTP"' };

const DENIED = { long: 'Access denied! Incorrect login or password.', short: 'Access denied!' };

interface Handled {
  readonly answer: HttpAnswer;
  readonly outcome: string;
  readonly campaign: Campaign | null;
}

const ok = (body: string): HttpAnswer => ({ status: 200, headers: HEADERS, body });

const httpStatusOf = (delivery: Delivery): number | null => ('status' in delivery ? delivery.status : null);

const DEFAULT_SLOW_MS = 3000;

/** Speaks SMS-HTTP over HTTP: authorisation, faults, the log, and the gateway between them. */
export class ApiRoute {
  constructor(
    private readonly clock: Clock,
    private readonly account: Account,
    private readonly gateway: Gateway,
    private readonly faults: FaultBook,
    private readonly log: RequestLog,
    private readonly onRequest: (record: RequestRecord) => void,
  ) {}

  serves(path: string): boolean {
    return ENDPOINTS.has(path);
  }

  async serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const unread = this.faults.chooseBeforeReading();
    if (unread) {
      this.#record({ path, outcome: 'NOT_HANDLED', fault: unread.kind });
      deliver(response, { kind: 'reset' });
      return;
    }
    let bytes: Buffer;
    try {
      bytes = await readBody(request, MAX_BODY_BYTES);
    } catch (cause) {
      this.#unreadable(cause, response, path);
      return;
    }
    const read = readRequest(bytes);
    const facts = read.kind === 'request' ? read.request : { operation: null, items: [] };
    const { slow, fault } = this.faults.choose(facts);
    const slowMs = slow ? (slow.params.ms ?? DEFAULT_SLOW_MS) : 0;
    if (slow && stageOf(slow) === 'before') await this.#wait(slowMs);

    const handled = this.#handle(read, request, path, fault);
    const delivery = spoil(handled.answer, fault);
    const { operation } = facts;
    this.#record({
      path,
      operation,
      outcome: handled.outcome,
      httpStatus: httpStatusOf(delivery),
      fault: fault?.kind ?? null,
      slow: slow !== null,
      campaignId: handled.campaign?.id ?? null,
      accepted: acceptedItems(handled.campaign),
    });
    if (slow && stageOf(slow) === 'after') await this.#wait(slowMs);
    deliver(response, delivery);
  }

  #handle(read: ReadRequest, request: IncomingMessage, path: string, fault: Fault | null): Handled {
    if (fault && stageOf(fault) === 'before') return { answer: ok(''), outcome: 'NOT_HANDLED', campaign: null };
    const { authorization } = request.headers;
    if (authorization === undefined) {
      const answer = { status: 401, headers: CHALLENGE, body: 'Authorization required' };
      return { answer, outcome: 'UNAUTHORIZED', campaign: null };
    }
    if (fault?.kind === 'wrong-login' || !this.#isKnown(authorization)) {
      return { answer: ok(DENIED[this.account.settings.accessDenied]), outcome: 'DENIED', campaign: null };
    }
    const endpoint = ENDPOINTS.get(path) ?? 'api';
    const { body, outcome, campaign } = this.gateway.answer(read, endpoint, fault, this.clock.now());
    return { answer: ok(body), outcome, campaign };
  }

  #isKnown(authorization: string): boolean {
    const { credentials } = this.account.settings;
    if (credentials === null) return true;
    const encoded = /^Basic\s+(\S+)\s*$/i.exec(authorization)?.[1] ?? '';
    return Buffer.from(encoded, 'base64').toString('utf8') === `${credentials.login}:${credentials.password}`;
  }

  #unreadable(cause: unknown, response: ServerResponse, path: string): void {
    if (cause instanceof BodyTooLargeError) {
      this.#record({ path, outcome: 'TOO_LARGE', httpStatus: 413 });
      deliver(response, {
        kind: 'answer',
        status: 413,
        headers: { ...HEADERS, Connection: 'close' },
        body: 'Too large',
      });
    } else if (cause instanceof BodyAbortedError) {
      this.#record({ path, outcome: 'ABORTED' });
    } else throw cause;
  }

  /** Real time, not simulated: it is the client's patience that is being tried. Taking faults back ends it. */
  async #wait(ms: number): Promise<void> {
    const { withdrawn } = this.faults;
    try {
      // A pending wait must not keep the process of a test alive.
      await delay(ms, undefined, { signal: withdrawn, ref: false });
    } catch (cause) {
      if (!withdrawn.aborted) throw cause;
    }
  }

  #record(known: Partial<RequestRecord> & Pick<RequestRecord, 'path' | 'outcome'>): void {
    const record = this.log.add({
      time: new Date(this.clock.now()).toISOString(),
      operation: null,
      httpStatus: null,
      fault: null,
      slow: false,
      campaignId: null,
      accepted: [],
      ...known,
    });
    this.onRequest(record);
  }
}
