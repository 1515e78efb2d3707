import { formatKyiv } from '../kyiv-time';
import { formatMoney } from '../money';
import { normalisePhone } from '../phone';
import { attributes, document } from '../xml/writer';
import type { Campaign, Ledger, Sms } from './ledger';
import { refusal, refuse, type Answer } from './replies';
import type { ApiRequest } from './request';
import { isFinalStatus, MESSAGE_STATUSES } from './statuses';

/** One state of the status push and of GETMESSAGESTATUS, which share their shape. */
export const messageStateLine = (sms: Pick<Sms, 'campaign' | 'recipient' | 'status' | 'changedAt'>): string =>
  `<state${attributes([
    ['campaignID', sms.campaign.id],
    ['recipient', sms.recipient],
    ['status', sms.status],
    ['date', formatKyiv(sms.changedAt)],
  ])}></state>`;

const campaignStatus = (campaign: Campaign, now: number): string => {
  if (campaign.sms.every(({ status }) => isFinalStatus(status))) return 'COMPLETE';
  return now < campaign.startAt ? 'PENDING' : 'INPROGRESS';
};

const openTag = (campaign: Campaign, now: number, more: [string, string][] = []): string =>
  `<campaign${attributes([
    ['campaignID', campaign.id],
    ['createDateTime', formatKyiv(campaign.createdAt)],
    ['startDateTime', formatKyiv(campaign.startAt)],
    ['status', campaignStatus(campaign, now)],
    ...more,
  ])}>`;

/** Status questions about what was accepted. */
export class Reports {
  constructor(private readonly ledger: Ledger) {}

  /** GETMESSAGESTATUS. A number that is twice in a campaign is answered by its last message. */
  messageStatus(request: ApiRequest, now: number): Answer {
    const recipient = normalisePhone(request.items[0]?.recipient ?? '');
    const sms = this.#campaign(request)?.sms.findLast((candidate) => candidate.recipient === recipient);
    if (!sms) return refuse(refusal('MSGERROR'), now);
    return { body: document('message', [messageStateLine(sms)]), outcome: 'OK' };
  }

  /** GETCAMPAIGNINFO: counts of all eleven statuses, zeros included, in the captured order. */
  campaignInfo(request: ApiRequest, now: number, counts: 'parts' | 'messages'): Answer {
    const campaign = this.#campaign(request);
    if (!campaign) return refuse(refusal('CAMPAIGNERROR'), now, 'answer');
    const tally = new Map<string, number>(MESSAGE_STATUSES.map((status) => [status, 0]));
    let cost = 0;
    for (const sms of campaign.sms) {
      cost += sms.cost;
      const counted = counts === 'parts' ? sms.parts : [sms];
      for (const { status } of counted) tally.set(status, (tally.get(status) ?? 0) + 1);
    }
    const states = [...tally].map(
      ([status, messages]) =>
        `<state${attributes([
          ['status', status],
          ['messages', messages],
        ])}></state>`,
    );
    const open = openTag(campaign, now, [['campaignCost', formatMoney(cost)]]);
    return { body: document('answer', [open, ...states, '</campaign>']), outcome: 'OK' };
  }

  /** GETCAMPAIGNDETAIL: one element per part, with `phone` where the other operations say `recipient`. */
  campaignDetail(request: ApiRequest, now: number): Answer {
    const campaign = this.#campaign(request);
    if (!campaign) return refuse(refusal('CAMPAIGNERROR'), now, 'answer');
    const start = formatKyiv(campaign.startAt);
    const messages = campaign.sms.flatMap((sms) =>
      sms.parts.map(
        (part, index) =>
          `<message${attributes([
            ['phone', sms.recipient],
            ['part', index + 1],
            ['parts', sms.parts.length],
            ['status', part.status],
            ['startDateTime', start],
            ['modifyDateTime', formatKyiv(part.changedAt)],
          ])}></message>`,
      ),
    );
    return { body: document('answer', [openTag(campaign, now), ...messages, '</campaign>']), outcome: 'OK' };
  }

  #campaign(request: ApiRequest): Campaign | undefined {
    return this.ledger.campaign(request.subject?.attributes.get('campaignID')?.trim() ?? '');
  }
}
