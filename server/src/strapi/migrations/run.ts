import type { Clock, Ledger } from '../../delivery/ports';

/** One step from an older ledger to this version's. Tables and indexes are made by Strapi's schema sync before. */
export interface Migration {
  /** Number and name; never changed once released. */
  readonly id: string;
  /** Must be harmless when run twice: a crash may come between the step and its mark. */
  up(ledger: Ledger): Promise<void>;
}

export interface MigrationDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Id of this process. */
  readonly holder: string;
  /** Waits before looking again whether another instance has finished. */
  readonly pause: (ms: number) => Promise<void>;
}

const LEASE = 'migrations';
/** Longer than any step may take; after a crash another instance goes on then. */
const LEASE_MS = 60_000;
const LOOK_EVERY_MS = 200;

const markOf = ({ id }: Migration): string => `migration:${id}`;

/** Runs the steps that this ledger has not seen, in order, one instance at a time. Returns the ids that ran here. */
export const runMigrations = async (deps: MigrationDeps, migrations: readonly Migration[]): Promise<string[]> => {
  for (;;) {
    const open = await openOf(deps.ledger, migrations);
    if (open.length === 0) return [];
    const now = deps.clock.now();
    if (await deps.ledger.leases.take(LEASE, deps.holder, now, now + LEASE_MS)) break;
    await deps.pause(LOOK_EVERY_MS);
  }
  try {
    const ran: string[] = [];
    for (const migration of await openOf(deps.ledger, migrations)) {
      await migration.up(deps.ledger);
      await deps.ledger.settings.put(markOf(migration), String(deps.clock.now()));
      ran.push(migration.id);
    }
    return ran;
  } finally {
    await deps.ledger.leases.release(LEASE, deps.holder);
  }
};

const openOf = async (ledger: Ledger, migrations: readonly Migration[]): Promise<Migration[]> => {
  const open: Migration[] = [];
  for (const migration of migrations) if ((await ledger.settings.get(markOf(migration))) === null) open.push(migration);
  return open;
};
