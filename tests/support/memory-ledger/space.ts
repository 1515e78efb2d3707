import { AsyncLocalStorage } from 'node:async_hooks';
import type { CampaignId, DedupeKey, MessageId, SubmissionId } from '../../../server/src/domain/brands';
import type { Message } from '../../../server/src/domain/message';
import type { Submission } from '../../../server/src/domain/submission';
import type { AccountRow, AuditEntry, Batch, Decision, Intent, Pause } from '../../../server/src/delivery/ports';
import type { Bucket } from '../../../server/src/strapi/stores/token-bucket';

/** Everything the ledger knows. Maps keep the order of insertion, which stands for the databases' row ids. */
export interface Rows {
  readonly intents: Map<string, Intent & { readonly leaseUntil: number; readonly erased: boolean }>;
  readonly decisions: Map<string, Decision>;
  readonly messages: Map<MessageId, Message>;
  readonly messageKeys: Map<DedupeKey, MessageId>;
  readonly submissions: Map<SubmissionId, Submission>;
  readonly campaigns: Map<string, SubmissionId>;
  readonly pauses: Map<string, Pause & { readonly healedAt: number | null }>;
  readonly accounts: Map<string, AccountRow & Bucket>;
  readonly batches: Map<DedupeKey, Batch>;
  readonly audit: Map<string, AuditEntry>;
  readonly settings: Map<string, string>;
  readonly leases: Map<string, { readonly holder: string; readonly until: number }>;
}

export const emptyRows = (): Rows => ({
  intents: new Map(),
  decisions: new Map(),
  messages: new Map(),
  messageKeys: new Map(),
  submissions: new Map(),
  campaigns: new Map(),
  pauses: new Map(),
  accounts: new Map(),
  batches: new Map(),
  audit: new Map(),
  settings: new Map(),
  leases: new Map(),
});

/** The unique key of a campaign in an account. */
export const campaignKey = (account: string, campaignId: CampaignId | string): string =>
  JSON.stringify([account, campaignId]);

/** One view of the rows: a map is copied when it is first written to, so throwing the view away undoes everything. */
export class Space {
  readonly #rows: Rows;
  readonly #copied: Partial<Rows> = {};
  constructor(rows: Rows) {
    this.#rows = rows;
  }
  read<Name extends keyof Rows>(name: Name): Rows[Name] {
    return this.#copied[name] ?? this.#rows[name];
  }
  write<Name extends keyof Rows>(name: Name): Rows[Name] {
    const known: Rows[Name] | undefined = this.#copied[name];
    if (known) return known;
    const copy = new Map(this.#rows[name] as Map<unknown, unknown>) as unknown as Rows[Name]; // a copy has the same type
    this.#copied[name] = copy;
    return copy;
  }
  /** The rows with everything written here. */
  result(): Rows {
    return { ...this.#rows, ...this.#copied };
  }
}

/** How a store reaches the rows: each use is atomic. */
export interface Access {
  use<T>(operation: (space: Space) => T): Promise<T>;
}

/** One for all ledgers: Node asks every storage there is at every promise, and a property test opens thousands of ledgers. */
const inside = new AsyncLocalStorage<{ readonly database: Database; over: boolean }>();

/**
 * One writer at a time, like SQLite: whoever comes while a transaction is open waits for its end. Using the outer ledger
 * inside a transaction would wait for itself for ever, so that mistake is told instead.
 */
export class Database implements Access {
  #rows = emptyRows();
  #last: Promise<unknown> = Promise.resolve();

  use<T>(operation: (space: Space) => T): Promise<T> {
    return this.#exclusively(() => this.#commit(operation));
  }

  transaction<T>(work: (access: Access) => Promise<T>): Promise<T> {
    return this.#exclusively(() => {
      const mark = { database: this, over: false };
      const space = new Space(this.#rows);
      const access: Access = {
        use: async (operation) => {
          if (mark.over) throw new Error('This transaction is over; its ledger cannot be used any more');
          return operation(space);
        },
      };
      return inside.run(mark, async () => {
        try {
          const result = await work(access);
          this.#rows = space.result();
          return result;
        } finally {
          mark.over = true;
        }
      });
    });
  }

  #commit<T>(operation: (space: Space) => T): T {
    const space = new Space(this.#rows);
    const result = operation(space);
    this.#rows = space.result();
    return result;
  }

  async #exclusively<T>(work: () => T | Promise<T>): Promise<T> {
    const mark = inside.getStore();
    if (mark?.database === this && !mark.over)
      throw new Error('Use the ledger that the transaction was given: on SQLite the outer one waits here for ever');
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined); // the caller gets the error; the next in line does not care
    return await turn;
  }
}
