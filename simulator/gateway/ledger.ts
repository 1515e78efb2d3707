import type { Fault } from '../faults/kinds';
import type { Milli } from '../money';
import type { SmsEncoding } from '../segments';
import type { MessageStatus } from './statuses';

/** One billable part of a long message. Times are milliseconds of simulated time. */
export interface SmsPart {
  status: MessageStatus;
  changedAt: number;
}

/** One text for one person as the gateway knows it. */
export interface Sms {
  /** Counts up within one run; the cursor of the handset. */
  readonly id: number;
  /** Grows with every change of any message. */
  revision: number;
  readonly campaign: Campaign;
  readonly recipient: string;
  readonly text: string;
  readonly alphaname: string;
  readonly encoding: SmsEncoding;
  readonly parts: readonly SmsPart[];
  /** What was taken from the balance; 0 when there was no money left. */
  readonly cost: Milli;
  readonly funded: boolean;
  status: MessageStatus;
  sentAt: number | null;
  changedAt: number;
}

/** One accepted SENDSMS. */
export interface Campaign {
  readonly id: string;
  readonly createdAt: number;
  readonly startAt: number;
  /** Messages a minute, for groups. */
  readonly rate: number;
  readonly sms: Sms[];
  readonly pushFault: Fault | null;
}

/** What happened to a message: it came, one of its parts moved, or the whole of it. */
export type SmsChange = 'added' | 'part' | 'status';

export type NewSms = Pick<Sms, 'recipient' | 'text' | 'alphaname' | 'encoding' | 'cost' | 'funded'> & {
  readonly segments: number;
};

export interface SmsFilter {
  readonly recipient?: string;
  readonly campaignId?: string;
  readonly status?: string;
  /** Only messages with a greater id. */
  readonly after?: number;
  /** The newest so many, still in ascending order. */
  readonly limit?: number;
}

/** Everything accepted, oldest forgotten first. */
export class Ledger {
  readonly #campaigns = new Map<string, Campaign>();
  readonly #inbox = new Map<number, Sms>();
  /** Messages of a campaign still in the inbox; the campaign is forgotten with its last. */
  readonly #kept = new Map<string, number>();
  readonly #listeners = new Set<(sms: Sms, change: SmsChange) => void>();
  #lastId = 0;
  #revision = 0;
  #latestCampaignId: string | null = null;

  /** @param maxMessages how many messages stay in memory */
  constructor(private readonly maxMessages: number) {}

  get size(): number {
    return this.#inbox.size;
  }

  get revision(): number {
    return this.#revision;
  }

  get latestCampaignId(): string | null {
    return this.#latestCampaignId;
  }

  add(campaign: Campaign, items: readonly NewSms[]): void {
    this.#campaigns.set(campaign.id, campaign);
    this.#kept.set(campaign.id, items.length);
    this.#latestCampaignId = campaign.id;
    for (const { segments, ...item } of items) {
      const at = campaign.createdAt;
      const sms: Sms = {
        ...item,
        id: ++this.#lastId,
        revision: ++this.#revision,
        campaign,
        parts: Array.from({ length: segments }, () => ({ status: 'PENDING', changedAt: at })),
        status: 'PENDING',
        sentAt: null,
        changedAt: at,
      };
      campaign.sms.push(sms);
      this.#inbox.set(sms.id, sms);
      this.#tell(sms, 'added');
    }
    this.#forgetOldest();
  }

  campaign(id: string): Campaign | undefined {
    return this.#campaigns.get(id);
  }

  /** Moves one part, or all; the message follows when all its parts agree. */
  move(sms: Sms, status: MessageStatus, at: number, part?: SmsPart): void {
    for (const moved of part ? [part] : sms.parts) {
      moved.status = status;
      moved.changedAt = at;
    }
    sms.revision = ++this.#revision;
    const whole = sms.parts.every((each) => each.status === status);
    if (whole) {
      sms.status = status;
      sms.changedAt = at;
      if (status === 'SENT') sms.sentAt = at;
    }
    this.#tell(sms, whole ? 'status' : 'part');
  }

  find(filter: SmsFilter): Sms[] {
    const source =
      filter.campaignId === undefined ? this.#inbox.values() : (this.campaign(filter.campaignId)?.sms ?? []);
    const found: Sms[] = [];
    for (const sms of source) {
      if (filter.recipient !== undefined && sms.recipient !== filter.recipient) continue;
      if (filter.status !== undefined && sms.status !== filter.status) continue;
      if (filter.after !== undefined && sms.id <= filter.after) continue;
      found.push(sms);
    }
    return filter.limit === undefined ? found : found.slice(-filter.limit);
  }

  /** Messages changed since a revision, in the order of their last change. */
  changedSince(revision: number): Sms[] {
    const changed = [...this.#inbox.values()].filter((sms) => sms.revision > revision);
    return changed.sort((one, other) => one.revision - other.revision);
  }

  onChange(listener: (sms: Sms, change: SmsChange) => void): void {
    this.#listeners.add(listener);
  }

  /** Ids and revisions go on counting, so that a polling reader never mistakes a new message for an old one. */
  clear(): void {
    this.#campaigns.clear();
    this.#inbox.clear();
    this.#kept.clear();
    this.#latestCampaignId = null;
  }

  #tell(sms: Sms, change: SmsChange): void {
    for (const listener of this.#listeners) listener(sms, change);
  }

  #forgetOldest(): void {
    for (const [id, sms] of this.#inbox) {
      if (this.#inbox.size <= this.maxMessages) return;
      this.#inbox.delete(id);
      const left = (this.#kept.get(sms.campaign.id) ?? 1) - 1;
      if (left > 0) this.#kept.set(sms.campaign.id, left);
      else {
        this.#kept.delete(sms.campaign.id);
        this.#campaigns.delete(sms.campaign.id);
      }
    }
  }
}
