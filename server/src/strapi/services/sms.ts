import type { Core } from '@strapi/strapi';
import {
  sendInput,
  sendManyInput,
  type SendInput,
  type SendManyInput,
  type SendManyResult,
  type SendResult,
} from '../../../../shared/contracts/messages';
import type { Origin, Reason } from '../../../../shared/vocabulary';
import type { Ledger } from '../../delivery/ports';
import { sendMany, sendOne } from '../../delivery/send-now';
import type { Container } from '../../compose';
import { containerOf } from '../container';

/** Who asks; absent for a developer's call. */
export interface Caller {
  readonly origin: Origin;
  readonly name: string | null;
}
const CODE: Caller = { origin: 'code', name: null };

/**
 * Sending by code: `strapi.plugin('svitsms').service('sms').send({ to, text })`. Inside a transaction (`strapi.db.transaction`)
 * the message is committed or rolled back with it. Bad data never throws: it is answered as `rejected` with reason and cure.
 */
const sms = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** One text for one person. With a `dedupeKey` it is sent at most once, however often it is asked for. */
  async send(input: SendInput, caller: Caller = CODE): Promise<SendResult> {
    const parsed = sendInput.safeParse(input);
    if (!parsed.success) return misused(parsed.error.issues);
    const container = containerOf(strapi);
    const unfit = unfitDatabase(container);
    if (unfit) return unfit;
    const { dueAt, ...request } = parsed.data;
    if (isTooFar(dueAt, container)) return misused([{ path: ['dueAt'], message: TOO_FAR }]);
    const asked = {
      ...request,
      dedupeKey: request.dedupeKey ?? container.ids.next(),
      dueAt: epoch(dueAt),
      origin: caller.origin,
      createdBy: caller.name,
    };
    return inTransaction(strapi, (ledger) => sendOne(ledger, asked, container));
  },

  /**
   * One text for many (`recipients` and `text`) or a text for each (`messages`), as one batch.
   * @throws RangeError when neither or both are given, or the time is out of reach: nothing can be recorded then
   */
  async sendMany(input: SendManyInput, caller: Caller = CODE): Promise<SendManyResult> {
    const parsed = sendManyInput.safeParse(input);
    if (!parsed.success) throw new RangeError(sentenceOf(parsed.error.issues));
    const container = containerOf(strapi);
    const { recipients, text, messages, dueAt, ...request } = parsed.data;
    if (isTooFar(dueAt, container)) throw new RangeError(`dueAt: ${TOO_FAR}`);
    const asked = messages ?? (recipients ?? []).map((to) => ({ to, text: text ?? '' }));
    const unfit = unfitDatabase(container);
    if (unfit) return noneOf(asked, unfit);
    const batch = {
      ...request,
      dedupeKey: request.dedupeKey ?? container.ids.next(),
      messages: asked,
      individual: messages !== undefined,
      dueAt: epoch(dueAt),
      origin: caller.origin,
      createdBy: caller.name,
    };
    const sent = await inTransaction(strapi, (ledger) => sendMany(ledger, batch, container));
    return {
      batchId: sent.batchId,
      total: asked.length,
      queued: sent.results.filter(({ outcome }) => outcome === 'queued').length,
      duplicates: sent.results.filter(({ outcome }) => outcome === 'duplicate').length,
      rejected: sent.results.flatMap((result, index) =>
        result.outcome === 'rejected'
          ? [{ to: asked[index]?.to ?? '', reason: result.reason, message: result.message }]
          : [],
      ),
    };
  },
});

/** A database that cannot hold the text, or may not, would spoil it or fail the caller's transaction: say so instead. */
const unfitDatabase = ({ gate }: Container): Unfit | null => {
  const closed = gate.closed();
  if (closed?.reason !== 'database_charset' && closed?.reason !== 'database_unchecked') return null;
  return { outcome: 'rejected', id: null, reason: 'unsendable_text', message: closed.detail };
};

type Unfit = Extract<SendResult, { outcome: 'rejected' }>;

/** A batch that could not even be recorded. */
const noneOf = (asked: readonly { to: string }[], { reason, message }: Unfit): SendManyResult => ({
  batchId: '',
  total: asked.length,
  queued: 0,
  duplicates: 0,
  rejected: asked.map(({ to }) => ({ to, reason, message })),
});

/**
 * Joins the caller's transaction or opens one; the runner is nudged once it is committed.
 *
 * Strapi hands transactions on by AsyncLocalStorage, so a timer that a hook starts still carries the one of that hook after it
 * has ended, and a call that nobody waits for may see it end under its hands. Such work gets a transaction of its own. It may
 * run twice then: `work` must fall on the same dedupe keys.
 */
const inTransaction = async <T>(strapi: Core.Strapi, work: (ledger: Ledger) => Promise<T>): Promise<T> => {
  const { ledger, ledgerIn, runner } = containerOf(strapi);
  const nudge = (): void => runner.nudge({ kind: 'plan' });
  const alone = async (): Promise<T> => {
    const result = await ledger.transaction(work);
    nudge();
    return result;
  };
  return await strapi.db.transaction(async ({ trx, onCommit }) => {
    if (trx.isCompleted()) return await alone();
    try {
      const result = await work(ledgerIn(trx));
      onCommit(nudge);
      return result;
    } catch (error) {
      if (trx.isCompleted()) return await alone();
      throw error;
    }
  });
};

/** A year ahead is a mistake in a calculation; and a date at the end of what Date can hold has no expiry after it. */
const MAX_AHEAD_MS = 366 * 86_400_000;
const TOO_FAR = 'must be within a year from now';

const isTooFar = (at: string | Date | undefined, { clock }: Container): boolean =>
  (epoch(at) ?? 0) > clock.now() + MAX_AHEAD_MS;

const epoch = (at: string | Date | undefined): number | undefined =>
  at === undefined ? undefined : new Date(at).getTime();

const REASON_OF_FIELD: Readonly<Record<string, Reason>> = {
  to: 'bad_phone',
  text: 'empty_text',
  alphaname: 'bad_alphaname',
  dueAt: 'refused_time',
};

const misused = (issues: readonly { path: PropertyKey[]; message: string }[]): SendResult => {
  const field = String(issues[0]?.path[0] ?? '');
  return {
    outcome: 'rejected',
    id: null,
    reason: REASON_OF_FIELD[field] ?? 'refused_request',
    message: sentenceOf(issues),
  };
};

const sentenceOf = (issues: readonly { path: PropertyKey[]; message: string }[]): string =>
  issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');

export default sms;
