import { setMaxListeners } from 'node:events';
import { mentions, type WrittenItem } from '../gateway/request';
import { InputError, readNullable, readNumber, readOneOf, readPartial, readText, readWhole, readList } from '../input';
import { seededRandom, type Random } from '../random';
import { FAULT_KINDS, type Fault, type FaultKind, type FaultParams, type FaultStage } from './kinds';

/** Which requests a rule is about; absent fields match everything. */
export interface FaultMatch {
  readonly operation?: string;
  /** Any way to write the number. */
  readonly recipient?: string;
  /** A piece of a message text. */
  readonly text?: string;
}

/** A scripted fault as it is given. */
export interface NewFault {
  readonly kind: FaultKind;
  readonly params?: FaultParams;
  readonly match?: FaultMatch;
  /** How many matching requests suffer; null: all. Without it one, or all when a probability is given. */
  readonly times?: number | null;
  /** Share of the matching requests, 0 to 1; 1 by default. */
  readonly probability?: number;
}

/** A scripted fault as it stands. */
export interface FaultRule extends Required<NewFault> {
  readonly id: number;
}

/** What is known of a request when its faults are chosen. */
export interface RequestFacts {
  readonly operation: string | null;
  readonly items: readonly WrittenItem[];
}

/** Slowness may come with any other fault. */
export interface ChosenFaults {
  readonly slow: Fault | null;
  readonly fault: Fault | null;
}

const MS = readNumber(0, 3_600_000);
const STAGES: readonly FaultStage[] = ['before', 'after'];
const readParams = readPartial<FaultParams>({
  ms: MS,
  stage: readOneOf(STAGES),
  status: readWhole(200, 599),
  bytes: readWhole(0),
  cut: readOneOf(['body', 'connection']),
  word: readText,
  root: readText,
  location: readText,
  count: readWhole(1),
  recipients: readList(readText),
  code: readText,
  text: readText,
});
const readNewFault = readPartial<NewFault>({
  kind: readOneOf(FAULT_KINDS),
  params: readParams,
  match: readPartial<FaultMatch>({ operation: readText, recipient: readText, text: readText }),
  times: readNullable(readWhole(1)),
  probability: readNumber(0, 1),
});

const isAbout = ({ operation, recipient, text }: FaultMatch, facts: RequestFacts): boolean =>
  (operation === undefined || operation === facts.operation) &&
  (recipient === undefined || mentions(facts.items, recipient)) &&
  (text === undefined || facts.items.some((item) => item.text.includes(text)));

const isUnconditional = ({ operation, recipient, text }: FaultMatch): boolean =>
  operation === undefined && recipient === undefined && text === undefined;

/** One listener per waiting answer, which may be any number; Node would warn of a leak at eleven. */
const manyMayListen = (controller: AbortController): AbortController => {
  setMaxListeners(0, controller.signal);
  return controller;
};

/** The scripted faults. Each request suffers the first that matches, in the order they were added, plus slowness. */
export class FaultBook {
  #rules: FaultRule[] = [];
  #lastId = 0;
  #random: Random;
  readonly #listeners = new Set<() => void>();
  #withdrawn = manyMayListen(new AbortController());

  /** @param rates shares of requests that suffer a kind without any rule */
  constructor(
    private readonly seed: number,
    private readonly rates: () => Partial<Record<FaultKind, number>>,
  ) {
    this.#random = seededRandom(seed, 'fault');
  }

  /** Aborted when rules are taken back: answers that still wait go out at once. */
  get withdrawn(): AbortSignal {
    return this.#withdrawn.signal;
  }

  list(): readonly FaultRule[] {
    return this.#rules;
  }

  /** @throws InputError naming the field that cannot be used */
  add(input: unknown): FaultRule {
    const { kind, params = {}, match = {}, times, probability } = readNewFault(input, 'fault');
    if (kind === undefined) throw new InputError(`fault.kind: missing; write one of ${FAULT_KINDS.join(', ')}.`);
    const count = times === undefined ? (probability === undefined ? 1 : null) : times;
    const rule: FaultRule = { id: ++this.#lastId, kind, params, match, times: count, probability: probability ?? 1 };
    this.#rules = [...this.#rules, rule];
    this.#changed();
    return rule;
  }

  /** @returns whether there was such a rule */
  remove(id: number): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
    this.#withdraw();
    this.#changed();
    return this.#rules.length < before;
  }

  clear(): void {
    this.#rules = [];
    this.#withdraw();
    this.#changed();
  }

  reset(): void {
    this.clear();
    this.#random = seededRandom(this.seed, 'fault');
  }

  /** A reset that needs no knowledge of the request, so that not a byte of it is read. */
  chooseBeforeReading(): Fault | null {
    const rule = this.#rules.find(({ kind, match }) => kind === 'reset-before' && isUnconditional(match));
    return rule && this.#strikes(rule) ? rule : null;
  }

  choose(facts: RequestFacts): ChosenFaults {
    let slow: Fault | null = null;
    let fault: Fault | null = null;
    for (const rule of this.#rules) {
      const taken = rule.kind === 'slow' ? slow : fault;
      // Those were asked already, before the request was read.
      const asked = rule.kind === 'reset-before' && isUnconditional(rule.match);
      if (taken !== null || asked || !isAbout(rule.match, facts) || !this.#strikes(rule)) continue;
      if (rule.kind === 'slow') slow = rule;
      else fault = rule;
    }
    for (const kind of FAULT_KINDS) {
      const share = this.rates()[kind] ?? 0;
      if (share === 0 || this.#random() >= share) continue;
      if (kind === 'slow') slow ??= { kind, params: {} };
      else fault ??= { kind, params: {} };
    }
    return { slow, fault };
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #strikes(rule: FaultRule): boolean {
    if (rule.probability < 1 && this.#random() >= rule.probability) return false;
    if (rule.times === null) return true;
    const left = rule.times - 1;
    this.#rules = this.#rules.flatMap((each) => {
      if (each.id !== rule.id) return [each];
      return left > 0 ? [{ ...each, times: left }] : [];
    });
    this.#changed();
    return true;
  }

  #withdraw(): void {
    this.#withdrawn.abort();
    this.#withdrawn = manyMayListen(new AbortController());
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
