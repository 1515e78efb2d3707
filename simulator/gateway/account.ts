import type { Clock } from '../clock';
import { formatMoney, parseMoney, type Milli } from '../money';
import { applySettings } from '../settings-input';
import type { Settings } from '../settings';
import type { AlphanameStatus } from './statuses';

/** The one account of the simulator: its settings, its money and its sender names. */
export class Account {
  #settings: Settings;
  #balance: Milli = 0;
  readonly #alphanames = new Map<string, AlphanameStatus>();
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly initial: Settings,
  ) {
    this.#settings = initial;
    this.#restore();
  }

  /** Settings as they were given; money and sender names have moved on since, see `view`. */
  get settings(): Settings {
    return this.#settings;
  }

  get balance(): Milli {
    return this.#balance;
  }

  get price(): Milli {
    return parseMoney(this.#settings.price) ?? 0;
  }

  /** Settings with the present balance and sender names. */
  view(): Settings {
    const alphanames = [...this.#alphanames].map(([name, status]) => ({ name, status }));
    return { ...this.#settings, balance: formatMoney(this.#balance), alphanames };
  }

  /** @throws InputError naming the field that cannot be used */
  patch(change: unknown): void {
    this.#settings = applySettings(this.view(), change);
    this.#restore();
    this.#changed();
  }

  reset(): void {
    this.#settings = this.initial;
    this.#restore();
    this.#changed();
  }

  charge(cost: Milli): void {
    this.#balance -= cost;
    this.#changed();
  }

  /** Scales a delay by the configured speed. @param ms simulated milliseconds at speed 1 */
  scaled(ms: number): number {
    return ms / this.#settings.speed;
  }

  alphaname(name: string): AlphanameStatus | undefined {
    return this.#alphanames.get(name);
  }

  alphanames(): ReadonlyMap<string, AlphanameStatus> {
    return this.#alphanames;
  }

  /** Asks for a new name; moderation makes it ACTIVE later. A known name keeps its status. */
  addAlphaname(name: string): AlphanameStatus {
    const known = this.#alphanames.get(name);
    if (known !== undefined) return known;
    this.#alphanames.set(name, 'MODERATE');
    this.clock.schedule(this.clock.now() + this.scaled(this.#settings.timings.moderationMs), () => {
      // A reset or a PUT of the list in between decides otherwise.
      if (this.#alphanames.get(name) !== 'MODERATE') return;
      this.#alphanames.set(name, 'ACTIVE');
      this.#changed();
    });
    this.#changed();
    return 'MODERATE';
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #restore(): void {
    this.#balance = parseMoney(this.#settings.balance) ?? 0;
    this.#alphanames.clear();
    for (const { name, status } of this.#settings.alphanames) this.#alphanames.set(name, status);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
