import type { CampaignIds } from '../campaign-ids';
import type { Fault } from '../faults/kinds';
import type { Milli } from '../money';
import { countSegments, type SegmentCount } from '../segments';
import { attributes, document } from '../xml/writer';
import type { Account } from './account';
import type { Campaign, Ledger, NewSms } from './ledger';
import type { Lifecycle } from './lifecycle';
import { refusal, refuse, stateLine, type Answer } from './replies';
import type { ApiRequest } from './request';
import { checkSend, stopWordRefusal, type CheckedItem, type CheckedSend, type Endpoint } from './send-rules';

const ACCEPTED = 'The campaign has been successfully processed and added to the queue for sending';

/** An accepted SENDSMS brings its campaign; anything else brings null. */
export interface SendAnswer extends Answer {
  readonly campaign: Campaign | null;
}

interface PricedItem extends CheckedItem, SegmentCount {
  readonly phone: string;
}

/** A group repeats one text; counting it once keeps ten thousand recipients quick. */
const price = (items: readonly CheckedItem[]): PricedItem[] => {
  const counted = new Map<string, SegmentCount>();
  return items.flatMap((item) => {
    if (item.phone === null) return [];
    const count = counted.get(item.text) ?? countSegments(item.text);
    counted.set(item.text, count);
    return [{ ...item, ...count, phone: item.phone }];
  });
};

const isPushFault = (fault: Fault | null): boolean => fault !== null && fault.kind.endsWith('-push');

/** SENDSMS: accepts, charges and starts messages. */
export class Sender {
  constructor(
    private readonly account: Account,
    private readonly ledger: Ledger,
    private readonly lifecycle: Lifecycle,
    private readonly ids: CampaignIds,
  ) {}

  send(request: ApiRequest, endpoint: Endpoint, fault: Fault | null, now: number): SendAnswer {
    const no = (why: Parameters<typeof refuse>[0]): SendAnswer => ({ ...refuse(why, now), campaign: null });
    if (request.subject === null) return no(refusal('XMLERROR'));
    if (fault?.kind === 'stop-word') return no(stopWordRefusal([fault.params.word ?? 'casino']));
    const checked = checkSend(request.subject, request.items, endpoint, this.account, now);
    if ('code' in checked) return no(checked);
    const priced = price(checked.items);
    const unit = this.account.price;
    const purse = fault?.kind === 'no-funds' ? 0 : this.account.balance;
    const first = priced[0];
    // Only a request with one recipient is refused for money; a group is accepted and its messages are stopped later.
    const isSingle = checked.items.length === 1;
    if (isSingle && first && first.segments * unit > purse) return no(refusal('INSUFFICIENTFUNDS'));

    const campaign: Campaign = {
      id: this.ids.next(),
      createdAt: now,
      startAt: checked.startAt,
      rate: checked.rate,
      sms: [],
      pushFault: isPushFault(fault) ? fault : null,
    };
    const previousId = this.ledger.latestCampaignId;
    this.#accept(campaign, checked, priced, unit, purse);
    const shownId = fault?.kind === 'duplicate-campaign-id' ? (previousId ?? campaign.id) : campaign.id;
    const lines = this.#recipientLines(checked.items, fault);
    const body = document('message', [stateLine('ACCEPT', ACCEPTED, now, shownId), ...lines]);
    return { body, outcome: 'ACCEPT', campaign };
  }

  #accept(campaign: Campaign, checked: CheckedSend, priced: PricedItem[], unit: Milli, purse: Milli): void {
    let total = 0;
    const messages = priced.map(({ phone, text, encoding, segments }): NewSms => {
      const cost = segments * unit;
      const funded = total + cost <= purse;
      if (funded) total += cost;
      return {
        recipient: phone,
        text,
        alphaname: checked.alphaname,
        encoding,
        segments,
        funded,
        cost: funded ? cost : 0,
      };
    });
    this.ledger.add(campaign, messages);
    if (total > 0) this.account.charge(total);
    this.lifecycle.start(campaign);
  }

  #recipientLines(items: readonly CheckedItem[], fault: Fault | null): string[] {
    const withErrors = this.account.settings.badNumbers === 'error';
    const line = (recipient: string, status: string): string =>
      `<to${attributes([
        ['recipient', recipient],
        ['status', status],
      ])} />`;
    const lines = items.flatMap(({ phone, recipient }) => {
      if (phone !== null) return [line(phone, 'ACCEPTED')];
      return withErrors ? [line(recipient.trim(), 'ERROR')] : [];
    });
    if (fault?.kind === 'missing-recipients') return lines.slice(0, -(fault.params.count ?? 1));
    if (fault?.kind === 'extra-recipients') {
      lines.push(...(fault.params.recipients ?? ['380000000001']).map((recipient) => line(recipient, 'ACCEPTED')));
    }
    return lines;
  }
}
