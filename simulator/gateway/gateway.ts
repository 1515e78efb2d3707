import type { Fault } from '../faults/kinds';
import { formatMoney } from '../money';
import { document } from '../xml/writer';
import type { Account } from './account';
import { manageAlphanames } from './alphanames';
import type { Campaign } from './ledger';
import { refusal, refuse, type Answer } from './replies';
import type { Reports } from './reports';
import type { ReadRequest } from './request';
import type { Sender } from './send';
import type { Endpoint } from './send-rules';

/** The gateway's answer to one request, before HTTP. */
export interface GatewayAnswer extends Answer {
  /** What was accepted by this request; null for everything but an accepted SENDSMS. */
  readonly campaign: Campaign | null;
}

/** What the gateway writes when a body holds nothing; by its wording, nothing arrived to parse. */
export const EMPTY_REQUEST = 'EMPTY REQUEST';

/** Dispatches well-formed requests to their operations. */
export class Gateway {
  constructor(
    private readonly account: Account,
    private readonly sender: Sender,
    private readonly reports: Reports,
  ) {}

  /** Answers an authorised request. @param fault bends the answer where the kind is about its content */
  answer(read: ReadRequest, endpoint: Endpoint, fault: Fault | null, now: number): GatewayAnswer {
    if (read.kind === 'empty') return { body: EMPTY_REQUEST, outcome: 'EMPTY', campaign: null };
    if (read.kind === 'malformed') return { ...refuse(refusal('XMLERROR'), now), campaign: null };
    const { request } = read;
    if (fault?.kind === 'refuse') {
      const { code = 'XMLERROR', text = 'Refused by a scripted fault' } = fault.params;
      return { ...refuse({ code, sentence: text }, now), campaign: null };
    }
    if (request.operation === 'SENDSMS') return this.sender.send(request, endpoint, fault, now);
    return { ...this.#question(read, fault, now), campaign: null };
  }

  #question({ request }: ReadRequest & { kind: 'request' }, fault: Fault | null, now: number): Answer {
    switch (request.operation) {
      case 'GETBALANCE': {
        const balance = formatMoney(fault?.kind === 'no-funds' ? 0 : this.account.balance);
        return { body: document('message', [`<balance>${balance}</balance>`]), outcome: 'OK' };
      }
      case 'GETMESSAGESTATUS':
        return this.reports.messageStatus(request, now);
      case 'GETCAMPAIGNINFO':
        return this.reports.campaignInfo(request, now, this.account.settings.infoCounts);
      case 'GETCAMPAIGNDETAIL':
        return this.reports.campaignDetail(request, now);
      case 'MANAGEALFANAME':
        return manageAlphanames(request, this.account, now);
      default:
        return refuse(refusal('XMLERROR'), now);
    }
  }
}
