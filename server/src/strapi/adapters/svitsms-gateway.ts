import type { PauseReason, Reason } from '../../../../shared/vocabulary';
import type { CampaignId } from '../../domain/brands';
import type { SubmitResult } from '../../domain/outcome';
import type { Answer, CampaignReport, SmsGateway, StatusReport, SubmitRequest } from '../../delivery/ports';
import {
  alphanameMeaning,
  isGatewayError,
  refusalScope,
  statusMeaning,
  type GatewayClient,
  type GatewayError,
  type SendSmsResult,
} from '../../gateway';

/** The wire client as the use cases see it: wire words become ours here, and every failure becomes a value. */
export const createSmsGateway = (client: GatewayClient): SmsGateway => ({
  submit: async (request) => {
    try {
      return accepted(await client.sendSms(sendInput(request)));
    } catch (error) {
      return failed(asGatewayError(error));
    }
  },
  messageStatus: (campaignId, recipient) =>
    asked(async () => {
      const { status, changedAt } = await client.getMessageStatus(campaignId, recipient);
      return report(recipient, status, changedAt);
    }),
  campaignReport: (campaignId) =>
    asked(async (): Promise<CampaignReport> => {
      const detail = await client.getCampaignDetail(campaignId);
      return {
        createdAt: detail.createdAt?.getTime() ?? null,
        finished: detail.messages.every(({ status }) => isFinalWord(status)),
        reports: detail.messages.map(({ recipient, status }) => report(recipient, status, null)),
      };
    }),
  balance: () => asked(async () => (await client.getBalance()).amount),
  alphanameUsable: (alphaname) =>
    asked(async () => {
      const meaning = alphanameMeaning((await client.checkAlphaname(alphaname)).status);
      return meaning === 'unknown' ? null : meaning === 'active';
    }),
});

const sendInput = (request: SubmitRequest): Parameters<GatewayClient['sendSms']>[0] => {
  const settings = {
    alphaname: request.alphaname,
    description: request.marker,
    lifetimeHours: request.lifetimeHours,
    ratePerMinute: request.ratePerMinute,
  };
  if (request.kind === 'individual') return { ...settings, messages: request.messages };
  return {
    ...settings,
    text: request.messages[0]?.text ?? '',
    recipients: request.messages.map(({ recipient }) => recipient),
  };
};

const accepted = (result: SendSmsResult): SubmitResult => {
  const named = result.recipients.some(({ status }) => status !== null);
  if (!named && result.unexpectedRecipients > 0)
    return {
      kind: 'in_doubt',
      reason: 'answer_unreadable',
      fault: 'unreadable',
      code: null,
      detail: 'The gateway answered with the numbers of another request.',
      leadCampaignId: result.campaignId,
    };
  return {
    kind: 'accepted',
    campaignId: result.campaignId as CampaignId, // digits: checked by the wire client
    acceptedAt: result.acceptedAt?.getTime() ?? null,
    recipients: new Map(
      result.recipients.map(({ recipient, status, accepted }) => [recipient, status === null ? null : accepted]),
    ),
  };
};

/** design.md §5: what a failure of SENDSMS proves. Only `requestSent: no` proves that nothing left. */
const failed = (error: GatewayError): SubmitResult => {
  const detail = error.message;
  const code = error.code ?? null;
  const refused = (scope: Refusal['scope'], reason: Reason, pause: PauseReason | null): SubmitResult => ({
    kind: 'refused',
    scope,
    reason,
    pause,
    fault: error.kind,
    code,
    detail,
    ...(error.stopWords && { stopWords: error.stopWords }),
  });
  switch (error.kind) {
    case 'connect':
      return { kind: 'unavailable', fault: error.kind, detail };
    case 'auth':
      return refused('account', 'refused_request', 'wrong_credentials');
    case 'invalid':
      return refused('message', 'unsendable_text', null);
    case 'refused':
      return refusedByCode(error, refused);
    case 'http':
      if (error.httpStatus !== undefined && error.httpStatus >= 400 && error.httpStatus < 500)
        return refused('request', 'refused_request', null);
      return doubt(error, 'answer_unreadable');
    case 'unreadable':
      return doubt(error, 'answer_unreadable');
    case 'timeout':
    case 'reset':
      return error.requestSent === 'no'
        ? { kind: 'unavailable', fault: error.kind, detail }
        : doubt(error, 'answer_lost');
  }
};

type Refusal = Extract<SubmitResult, { kind: 'refused' }>;

const refusedByCode = (
  error: GatewayError,
  refused: (scope: Refusal['scope'], reason: Reason, pause: PauseReason | null) => SubmitResult,
): SubmitResult => {
  const scope = refusalScope(error.code);
  switch (scope) {
    case 'account':
      return refused(scope, 'refused_request', 'no_funds');
    case 'alphaname':
      return refused(scope, 'refused_request', 'alphaname_refused');
    case 'message':
      if (error.code === 'ERRPHONES') return refused(scope, 'refused_phone', null);
      return refused(scope, error.stopWords?.length ? 'stop_word' : 'refused_text', null);
    case 'request':
      return refused(scope, error.code?.endsWith('TIME') ? 'refused_time' : 'refused_request', null);
  }
};

const doubt = (error: GatewayError, reason: 'answer_lost' | 'answer_unreadable'): SubmitResult => ({
  kind: 'in_doubt',
  reason,
  fault: error.kind,
  code: error.code ?? null,
  detail: error.message,
  leadCampaignId: error.salvagedCampaignId ?? null,
});

const asked = async <T>(ask: () => Promise<T>): Promise<Answer<T>> => {
  try {
    return { kind: 'ok', value: await ask() };
  } catch (caught) {
    const error = asGatewayError(caught);
    // The gateway answered, and denies the campaign or message.
    if (error.kind === 'refused' && refusalScope(error.code) === 'request') return { kind: 'unknown' };
    return {
      kind: 'unavailable',
      pause: error.kind === 'auth' ? 'wrong_credentials' : null,
      detail: error.message,
    };
  }
};

const report = (recipient: string, status: string, changedAt: Date | null): StatusReport => {
  const meaning = statusMeaning(status);
  return {
    recipient,
    gatewayStatus: status,
    state: meaning === 'pending' || meaning === 'unknown' ? null : meaning,
    at: changedAt?.getTime() ?? null,
  };
};

const isFinalWord = (status: string): boolean => !['pending', 'sent', 'unknown'].includes(statusMeaning(status));

/** The client promises GatewayErrors only; anything else is a mistake of ours that must be seen, not settled. */
const asGatewayError = (error: unknown): GatewayError => {
  if (isGatewayError(error)) return error;
  throw error;
};
