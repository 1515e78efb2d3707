import type { CampaignId } from '../../../server/src/domain/brands';
import { decideOutcome, type SubmitResult } from '../../../server/src/domain/outcome';
import { createSmsGateway } from '../../../server/src/strapi/adapters/svitsms-gateway';
import { GatewayError, type GatewayClient } from '../../../server/src/gateway';

const TO = '380671234567';
const accepted = (recipients: [string, boolean | null][]): SubmitResult => ({
  kind: 'accepted',
  campaignId: '1' as CampaignId, // digits
  acceptedAt: null,
  recipients: new Map(recipients),
});

test.each([
  [true, 'accepted', null],
  [false, 'failed', 'refused_phone'],
  [null, 'in_doubt', 'not_mentioned'],
] as const)('an accepted request whose answer says %p of a number', (named, to, reason) => {
  const outcome = decideOutcome(accepted([[TO, named]]));
  expect(outcome).toMatchObject({ submission: 'accepted', pause: null });
  expect(outcome.forRecipient(TO)).toMatchObject({ to, reason });
});

test('a number that the answer does not have at all may have been texted', () => {
  expect(decideOutcome(accepted([])).forRecipient(TO)).toMatchObject({ to: 'in_doubt', reason: 'not_mentioned' });
});

test.each(['account', 'alphaname', 'request', 'message'] as const)('a refusal without a pause ends a %s', (scope) => {
  const outcome = decideOutcome({
    kind: 'refused',
    scope,
    reason: 'refused_request',
    pause: null,
    fault: 'refused',
    code: null,
    detail: 'no',
  });
  expect(outcome).toMatchObject({ submission: 'refused', pause: null });
  expect(outcome.forRecipient(TO)).toEqual({ to: 'failed', reason: 'refused_request', detail: 'no' });
});

/** design.md §5, row by row, through the adapter that reads the wire client's errors. */
describe('what a failure of SENDSMS means', () => {
  const outcomeOf = async (error: GatewayError) => {
    const client = { sendSms: () => Promise.reject(error) } as Partial<GatewayClient> as GatewayClient; // only sendSms is called
    const result = await createSmsGateway(client).submit({
      alphaname: 'MyShop',
      kind: 'single',
      messages: [{ recipient: TO, text: 'x' }],
      marker: 'ref 1',
      lifetimeHours: 24,
      ratePerMinute: 120,
    });
    const outcome = decideOutcome(result);
    return { submission: outcome.submission, to: outcome.forRecipient(TO).to, pause: outcome.pause };
  };
  const fails = (kind: GatewayError['kind'], init: Partial<ConstructorParameters<typeof GatewayError>[0]> = {}) =>
    outcomeOf(new GatewayError({ kind, requestSent: 'yes', ...init }));
  const doubt = { submission: 'in_doubt', to: 'in_doubt', pause: null };
  const failed = { submission: 'refused', to: 'failed', pause: null };
  const waits = (reason: string, scope = 'account') => ({
    submission: 'refused',
    to: 'queued',
    pause: { reason, scope },
  });

  test('a bad argument or a text XML cannot carry: refused', async () => {
    expect(await fails('invalid', { requestSent: 'no' })).toEqual(failed);
  });
  test('no connection: unavailable, it waits', async () => {
    expect(await fails('connect', { requestSent: 'no' })).toEqual({
      submission: 'retryable',
      to: 'queued',
      pause: { reason: 'gateway_unreachable', scope: 'account' },
    });
  });
  test.each(['timeout', 'reset'] as const)('%s: in doubt', async (kind) => {
    expect(await fails(kind, { requestSent: 'unknown' })).toEqual(doubt);
    expect(await fails(kind, { requestSent: 'yes' })).toEqual(doubt);
  });
  test.each([301, 302, 307, 500, 502, 503])('HTTP %i: in doubt', async (httpStatus) => {
    expect(await fails('http', { httpStatus })).toEqual(doubt);
  });
  test.each([400, 404, 405, 413, 429])('HTTP %i: refused', async (httpStatus) => {
    expect(await fails('http', { httpStatus })).toEqual(failed);
  });
  test('an unreadable answer: in doubt', async () => {
    expect(await fails('unreadable')).toEqual(doubt);
  });
  test('wrong credentials: the account pauses', async () => {
    expect(await fails('auth')).toEqual(waits('wrong_credentials'));
  });
  test.each([
    ['INSUFFICIENTFUNDS', waits('no_funds')],
    ['ERRALFANAME', waits('alphaname_refused', 'alphaname')],
    ['ERRPHONES', failed],
    ['ERRTEXT', failed],
    ['XMLERROR', failed],
    ['ERRSTARTTIME', failed],
    ['ERRLIFETIME', failed],
  ])('%s', async (code, expected) => {
    expect(await fails('refused', { code })).toEqual(expected);
  });
  test('the words that the gateway objects to come along', async () => {
    const error = new GatewayError({ kind: 'refused', requestSent: 'yes', code: 'ERRTEXT', stopWords: ['казино'] });
    const client = { sendSms: () => Promise.reject(error) } as Partial<GatewayClient> as GatewayClient; // only sendSms is called
    const messages = ['казино', 'x', 'y'].map((text, n) => ({ recipient: `38067123456${n}`, text }));
    const settings = { alphaname: 'MyShop', marker: 'ref 1', lifetimeHours: 24, ratePerMinute: 120 };
    const result = await createSmsGateway(client).submit({ ...settings, kind: 'individual', messages });
    expect(result).toMatchObject({ kind: 'refused', scope: 'message', reason: 'stop_word', stopWords: ['казино'] });
  });
});
