import type { Knex } from 'knex';
import type { Leases } from '../../../server/src/delivery/leases';
import type { Plan } from './points';

/** What a child process is told on its command line, as JSON. */
export interface ChildConfig {
  readonly knex: Knex.Config;
  readonly endpoint: string;
  /** The child's name in the ledger, so that its rows are known after its death. */
  readonly owner: string;
  readonly seed: number;
  /** How many orders it makes; 0: it only works off what is there. */
  readonly orders: number;
  /** Repeated by every child until it is through: what a shop does after a crash. null: no batch. */
  readonly batch: number | null;
  readonly plan: Plan | null;
  readonly mistake: Mistake | null;
  /** The child's clock is this far from the machine's. Milliseconds. */
  readonly clockOffsetMs: number;
  /** True on SQLite, which has one process. */
  readonly soleInstance: boolean;
  readonly inFlight: number;
  readonly requestTimeoutMs: number;
  readonly leases: Leases;
  /** PostgreSQL ends a transaction of a halted process after this long. Milliseconds. */
  readonly idleTransactionMs: number;
}

/**
 * Mistakes that engines make, to show that the proof would find them. `resends`: what was on its way is taken for unsent after
 * a crash. `writes late`: the intent is written after the commit of its order, as tutorials do.
 */
export type Mistake = 'resends' | 'writes late';

/** One expected SMS per row, written in the transaction of what it speaks of: the truth that the oracle compares with. */
export const ORDERS = 'crash_orders';

/** The text of every SMS names its order between these marks. */
export const TEXT_RULE = 'Замовлення №{{ number }} прийнято';
export const textOf = (number: string): string => `Замовлення №${number} прийнято`;
export const numberIn = (text: string): string => /№(\S+) /.exec(text)?.[1] ?? text;

/** Messages of a batch: the ramp of campaigns is 1, 10 and the rest. */
export const BATCH_SIZE = 15;

/** Numbers of a shop that has none: the range counts up and never meets the scripted outcomes of the simulator. */
export const phoneOf = (count: number): string => `38067${String(1_000_000 + (count % 8_000_000))}`;
