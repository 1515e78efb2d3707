import type { Clock } from '../clock';
import { isLifecell } from '../phone';
import { seededRandom, type Random } from '../random';
import type { Account } from './account';
import type { Campaign, Ledger, Sms, SmsPart } from './ledger';
import { skipsSent, type MessageStatus } from './statuses';

const MINUTE_MS = 60_000;

/** Moves accepted messages through their statuses in simulated time. */
export class Lifecycle {
  #random: Random;
  /** Grows with a reset, so that tasks of forgotten messages do nothing. */
  #generation = 0;

  constructor(
    private readonly clock: Clock,
    private readonly account: Account,
    private readonly ledger: Ledger,
    private readonly seed: number,
  ) {
    this.#random = seededRandom(seed, 'outcome');
  }

  start(campaign: Campaign): void {
    const gap = this.account.settings.honourRate ? this.account.scaled(MINUTE_MS / campaign.rate) : 0;
    campaign.sms.forEach((sms, index) => this.#plan(sms, campaign.startAt + index * gap));
  }

  reset(): void {
    this.#generation += 1;
    this.#random = seededRandom(this.seed, 'outcome');
  }

  #plan(sms: Sms, start: number): void {
    const { timings } = this.account.settings;
    const outcome = this.#outcome(sms);
    if (outcome === 'PENDING') return;
    if (outcome === 'NEW') {
      this.ledger.move(sms, 'NEW', sms.changedAt);
      return;
    }
    const sentAt = start + this.account.scaled(timings.sentAfterMs);
    if (skipsSent(outcome)) {
      this.#moveAt(sentAt, sms, outcome);
      return;
    }
    this.#moveAt(sentAt, sms, 'SENT');
    if (outcome === 'SENT') return;
    const wait = outcome === 'EXPIRED' ? timings.expiredAfterMs : timings.deliveredAfterMs;
    // A final report before SENT would be a state the gateway never shows.
    const finalAt = start + this.account.scaled(Math.max(wait, timings.sentAfterMs));
    if (outcome !== 'DELIVERED') this.#moveAt(finalAt, sms, outcome);
    else {
      const gap = this.account.scaled(timings.partGapMs);
      sms.parts.forEach((part, index) => this.#moveAt(finalAt + index * gap, sms, outcome, part));
    }
  }

  #moveAt(at: number, sms: Sms, status: MessageStatus, part?: SmsPart): void {
    const generation = this.#generation;
    this.clock.schedule(at, () => {
      if (generation === this.#generation) this.ledger.move(sms, status, at, part);
    });
  }

  /** Drawn once per message, whatever the outcome, so that equal seeds give equal runs. */
  #outcome(sms: Sms): MessageStatus {
    const drawn = this.#random();
    if (!sms.funded) return 'STOPED';
    const { outcomes, outcomeRates } = this.account.settings;
    const scripted = outcomes.find(({ suffix }) => sms.recipient.endsWith(suffix));
    if (scripted) return scripted.status;
    if (this.account.alphaname(sms.alphaname) === 'LIMITED' && isLifecell(sms.recipient)) return 'ALFANAMELIMITED';
    let below = 0;
    for (const [status, share] of Object.entries(outcomeRates)) {
      below += share;
      // Object.entries widens the key; settings were read with exactly these keys.
      if (drawn < below) return status as MessageStatus;
    }
    return 'DELIVERED';
  }
}
