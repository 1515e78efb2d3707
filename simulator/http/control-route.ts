import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Control } from '../control';
import type { SmsFilter } from '../gateway/ledger';
import { InputError, readNumber, readPartial } from '../input';
import type { RecordFilter } from '../request-log';
import { readBody } from './body';
import type { EventStream } from './events';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

interface JsonReply {
  readonly status: number;
  readonly body: unknown;
}

const ok = (body: unknown): JsonReply => ({ status: 200, body });
const problem = (status: number, message: string): JsonReply => ({ status, body: { error: { message } } });

const queryNumber = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InputError(`${name}: write a whole number from 0.`);
  return value;
};

const pick = <K extends string>(query: URLSearchParams, names: readonly K[]): Partial<Record<K, string>> => {
  const found: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = query.get(name);
    if (value !== null) found[name] = value;
  }
  return found;
};

const cursor = (query: URLSearchParams): Pick<RecordFilter, 'after' | 'limit'> => {
  const after = queryNumber(query, 'after');
  const limit = queryNumber(query, 'limit');
  return { ...(after === undefined ? {} : { after }), ...(limit === undefined ? {} : { limit }) };
};

const readAdvance = readPartial<{ advanceMs: number }>({ advanceMs: readNumber(0, 400 * 86_400_000) });

/** The JSON control API; simulator/README.md documents it. */
export class ControlRoute {
  constructor(
    private readonly control: Control,
    private readonly events: EventStream,
  ) {}

  /** @param path what follows `/control` */
  async serve(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams): Promise<void> {
    let reply: JsonReply;
    try {
      if (path === '/events' && request.method === 'GET') {
        this.events.serve(request, response, queryNumber(query, 'after') ?? null);
        return;
      }
      const body = request.method === 'GET' ? undefined : await this.#readJson(request);
      reply = this.#answer(`${request.method ?? 'GET'} ${path}`, query, body);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      reply = problem(400, cause.message);
    }
    const text = `${JSON.stringify(reply.body)}\n`;
    response.writeHead(reply.status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
    });
    response.end(text);
  }

  async #readJson(request: IncomingMessage): Promise<unknown> {
    const text = (await readBody(request, MAX_BODY_BYTES)).toString('utf8');
    if (text.trim() === '') return undefined;
    try {
      const value: unknown = JSON.parse(text);
      return value;
    } catch (cause) {
      if (cause instanceof SyntaxError) throw new InputError('The body is not JSON.');
      throw cause;
    }
  }

  #answer(route: string, query: URLSearchParams, body: unknown): JsonReply {
    const { control } = this;
    switch (route) {
      case 'GET /health':
        return ok(control.health());
      case 'GET /requests':
        return ok({ requests: control.requests({ ...pick(query, ['operation', 'outcome']), ...cursor(query) }) });
      case 'GET /messages': {
        const filter: SmsFilter = { ...pick(query, ['recipient', 'campaignId', 'status']), ...cursor(query) };
        return ok(control.messagePage(filter));
      }
      case 'GET /settings':
        return ok(control.settings());
      case 'PUT /settings':
        // The account checks the shape itself; here it is still unknown.
        return ok(control.updateSettings(body as Parameters<Control['updateSettings']>[0]));
      case 'GET /faults':
        return ok({ faults: control.faults() });
      case 'POST /faults':
        return { status: 201, body: control.addFault(body as Parameters<Control['addFault']>[0]) };
      case 'DELETE /faults':
        control.clearFaults();
        return ok({ faults: [] });
      case 'GET /pushes':
        return ok({ pushes: control.pushes() });
      case 'POST /clock': {
        const { advanceMs = 0 } = readAdvance(body ?? {}, 'clock');
        control.advance(advanceMs);
        return ok(control.health());
      }
      case 'POST /reset':
        control.reset();
        return ok(control.health());
      default:
        return this.#removeFault(route);
    }
  }

  #removeFault(route: string): JsonReply {
    const id = /^DELETE \/faults\/(\d+)$/.exec(route)?.[1];
    if (id === undefined) return problem(404, 'No such control operation; simulator/README.md lists them.');
    return this.control.removeFault(Number(id)) ? ok({ removed: Number(id) }) : problem(404, 'No such fault.');
  }
}
