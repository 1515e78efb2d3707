import type { PauseReason, Reason } from '../../shared/vocabulary';
import type {
  Answer,
  CampaignReport,
  Clock,
  SmsGateway,
  StatusReport,
  SubmitRequest,
} from '../../server/src/delivery/ports';
import type { CampaignId } from '../../server/src/domain/brands';
import type { RefusalScope, SubmitResult } from '../../server/src/domain/outcome';

/** What the gateway did with a request, which the sender may never learn: the oracle of the tests. */
export type Fate = 'accepted' | 'not_sent' | 'unknown';

export interface Submit {
  readonly request: SubmitRequest;
  readonly at: number;
  readonly fate: Fate;
}

/** A campaign as the gateway keeps it. */
export interface Campaign {
  readonly id: string;
  readonly createdAt: number;
  readonly words: Map<string, string>;
}

/** How the gateway treats one request. */
export type Treatment = (request: SubmitRequest, gateway: FakeGateway) => { fate: Fate; answer: SubmitResult };

/** The gateway's words and ours (design.md §4). */
const MEANING: Readonly<Record<string, StatusReport['state']>> = {
  SENT: 'sent',
  DELIVERED: 'delivered',
  EXPIRED: 'expired',
  UNDELIV: 'undelivered',
  ERROR: 'undelivered',
  ALFANAMELIMITED: 'undelivered',
  STOPED: 'stopped',
  USERSTOPED: 'stopped',
};

const DOWN = { kind: 'unavailable', pause: null, detail: 'The gateway cannot be reached.' } as const;
const LOCKED_OUT = { kind: 'unavailable', pause: 'wrong_credentials', detail: 'The login is refused.' } as const;

/**
 * A scripted gateway behind our own port. It accepts everything unless told otherwise, keeps campaigns like the real one and
 * logs what it was asked.
 */
export class FakeGateway implements SmsGateway {
  readonly submits: Submit[] = [];
  readonly questions: { readonly kind: 'status' | 'report' | 'balance' | 'alphaname'; readonly at: number }[] = [];
  readonly campaigns = new Map<string, Campaign>();
  readonly refusedAlphanames = new Set<string>();
  /** Decimal text in UAH. */
  funds = '1000.00';
  down = false;
  lockedOut = false;
  /** Treatments of the next requests, first come first served. */
  readonly script: Treatment[] = [];
  /** Treatment when the script is empty. */
  otherwise: Treatment = accept();
  /** While set, answers wait for it: the request is on its way. */
  hold: Promise<unknown> | null = null;
  #lastId = 3_917_000;

  constructor(private readonly clock: Clock) {}

  async submit(request: SubmitRequest): Promise<SubmitResult> {
    const { fate, answer } = this.#treat(request);
    this.submits.push({ request, at: this.clock.now(), fate });
    if (this.hold) await this.hold;
    return answer;
  }

  messageStatus(campaignId: string, recipient: string): Promise<Answer<StatusReport>> {
    return this.#answer('status', () => {
      const word = this.campaigns.get(campaignId)?.words.get(recipient);
      return word === undefined ? { kind: 'unknown' } : { kind: 'ok', value: reportOf(recipient, word) };
    });
  }

  campaignReport(campaignId: string): Promise<Answer<CampaignReport>> {
    return this.#answer('report', () => {
      const campaign = this.campaigns.get(campaignId);
      if (!campaign) return { kind: 'unknown' };
      const reports = [...campaign.words].map(([recipient, word]) => reportOf(recipient, word));
      return { kind: 'ok', value: { createdAt: campaign.createdAt, finished: false, reports } };
    });
  }

  balance(): Promise<Answer<string>> {
    return this.#answer('balance', () => ({ kind: 'ok', value: this.funds }));
  }

  alphanameUsable(alphaname: string): Promise<Answer<boolean | null>> {
    return this.#answer('alphaname', () => ({ kind: 'ok', value: !this.refusedAlphanames.has(alphaname) }));
  }

  /** Opens a campaign; its numbers are PENDING. */
  open(recipients: readonly string[], id = String(++this.#lastId)): Campaign {
    const words = new Map(recipients.map((recipient) => [recipient, 'PENDING']));
    const campaign = { id, createdAt: this.clock.now(), words };
    this.campaigns.set(id, campaign);
    return campaign;
  }

  /** Sets the word of every number of every campaign, or of one number. */
  say(word: string, recipient?: string): void {
    for (const { words } of this.campaigns.values())
      for (const number of words.keys()) if (recipient === undefined || recipient === number) words.set(number, word);
  }

  /** How often each text reached, or may have reached, a number. */
  reached(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { request, fate } of this.submits)
      if (fate !== 'not_sent')
        for (const { recipient, text } of request.messages) {
          const key = `${recipient} ${text}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
    return counts;
  }

  #treat(request: SubmitRequest): ReturnType<Treatment> {
    if (this.down) return unavailable()(request, this);
    if (this.lockedOut) return refuse('account', { pause: 'wrong_credentials' })(request, this);
    if (this.refusedAlphanames.has(request.alphaname))
      return refuse('alphaname', { pause: 'alphaname_refused' })(request, this);
    if (request.messages.length === 1 && Number(this.funds) <= 0)
      return refuse('account', { pause: 'no_funds' })(request, this);
    return (this.script.shift() ?? this.otherwise)(request, this);
  }

  #answer<T>(kind: FakeGateway['questions'][number]['kind'], ok: () => Answer<T>): Promise<Answer<T>> {
    this.questions.push({ kind, at: this.clock.now() });
    return Promise.resolve(this.down ? DOWN : this.lockedOut ? LOCKED_OUT : ok());
  }
}

const reportOf = (recipient: string, word: string): StatusReport => ({
  recipient,
  gatewayStatus: word,
  state: MEANING[word] ?? null,
  at: null,
});

const numbersOf = (request: SubmitRequest): string[] => request.messages.map(({ recipient }) => recipient);

export const accept = (): Treatment => acceptPartly({});

/** Accepts, but refuses some numbers by name and says nothing of others, which may or may not be in the campaign. */
export const acceptPartly =
  (odd: { refused?: readonly string[]; silent?: readonly string[]; inCampaign?: readonly string[] }): Treatment =>
  (request, gateway) => {
    const recipients = numbersOf(request).map((to): [string, boolean | null] => [
      to,
      odd.refused?.includes(to) ? false : odd.silent?.includes(to) ? null : true,
    ]);
    const members = recipients.filter(([to, taken]) => taken === true || odd.inCampaign?.includes(to));
    const { id } = gateway.open(members.map(([to]) => to));
    return {
      fate: 'accepted',
      answer: {
        kind: 'accepted',
        campaignId: id as CampaignId, // digits, as the wire client promises
        acceptedAt: null,
        recipients: new Map(recipients),
      },
    };
  };

/** Accepts under a campaign id that it gave away before. */
export const repeatCampaign =
  (id: string): Treatment =>
  (request) => ({
    fate: 'unknown',
    answer: {
      kind: 'accepted',
      campaignId: id as CampaignId, // digits, as the wire client promises
      acceptedAt: null,
      recipients: new Map(numbersOf(request).map((to) => [to, true])),
    },
  });

export const refuse =
  (
    scope: RefusalScope,
    { reason = 'refused_request', pause = null }: { reason?: Reason; pause?: PauseReason | null },
  ): Treatment =>
  () => ({
    fate: 'not_sent',
    answer: { kind: 'refused', scope, reason, pause, fault: 'refused', code: 'ERR', detail: `Refused: ${scope}.` },
  });

export const unavailable = (): Treatment => () => ({
  fate: 'not_sent',
  answer: { kind: 'unavailable', fault: 'connect', detail: 'Connection refused.' },
});

/**
 * The answer is lost. `arrived`: did the request reach the gateway? `lead`: a campaign id could be read in the damaged answer,
 * the right one or the one given.
 */
export const lose =
  ({ arrived = true, lead = false }: { arrived?: boolean; lead?: boolean | string } = {}): Treatment =>
  (request, gateway) => {
    const campaign = arrived ? gateway.open(numbersOf(request)) : null;
    return {
      fate: 'unknown',
      answer: {
        kind: 'in_doubt',
        reason: 'answer_lost',
        fault: 'timeout',
        code: null,
        detail: 'No answer came.',
        leadCampaignId: typeof lead === 'string' ? lead : lead && campaign ? campaign.id : null,
      },
    };
  };
