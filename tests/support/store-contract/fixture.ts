import type { Ledger, Random } from '../../../server/src/delivery/ports';

/** A ledger under test. */
export interface LedgerFixture {
  readonly ledger: Ledger;
  /** Ledgers that other processes would have: own connections where the database allows several writers. */
  others(count: number): readonly Ledger[];
  /** A ledger on the same rows whose choice of a window is given. */
  withRandom(random: Random): Ledger;
  /** Does the database let several writers work at the same moment? */
  readonly concurrent: boolean;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export type MakeLedger = () => Promise<LedgerFixture>;

/** How the parts of the contract reach the fixture of the running test. */
export type Current = () => LedgerFixture;
