import type {
  AccountStore,
  AuditStore,
  BatchStore,
  LeaseStore,
  Pause,
  PauseStore,
  SettingStore,
} from '../../../server/src/delivery/ports';
import { BELIEVABLE_MS } from '../../../server/src/delivery/leases';
import { takeFrom } from '../../../server/src/strapi/stores/token-bucket';
import type { Access, Space } from './space';

const pauseKey = ({ account, alphaname, reason }: Pause): string => JSON.stringify([account, alphaname, reason]);

/** The row of a pause that still is as the caller has read it. */
const standing = (space: Space, pause: Pause) => {
  const row = space.read('pauses').get(pauseKey(pause));
  const same = row && row.healedAt === null && row.probeAt === pause.probeAt && row.tries === pause.tries;
  return same ? row : null;
};

export const createPauses = ({ use }: Access): PauseStore => ({
  put: (pause) =>
    use((space) => {
      const known = space.read('pauses').get(pauseKey(pause));
      const whole = { ...pause, probeAt: pause.probeAt === null ? null : Math.round(pause.probeAt) };
      space.write('pauses').set(pauseKey(pause), { ...whole, since: known?.since ?? whole.since, healedAt: null });
    }),

  list: (account) =>
    use((space) =>
      [...space.read('pauses').values()]
        .filter((row) => row.account === account && row.healedAt === null)
        .sort((a, b) => a.since - b.since)
        .map(({ healedAt: _, ...pause }) => pause),
    ),

  healed: (account) =>
    use((space) =>
      [...space.read('pauses').values()].flatMap((row) =>
        row.account === account && row.healedAt !== null ? [{ ...row, healedAt: row.healedAt }] : [],
      ),
    ),

  remembered: (accounts) =>
    use((space) =>
      [...space.read('pauses').values()]
        .filter(({ account }) => accounts.includes(account))
        .sort((a, b) => a.since - b.since)
        .map(({ healedAt, ...pause }) => (healedAt === null ? pause : { ...pause, healedAt })),
    ),

  heal: (pause, now) =>
    use((space) => {
      const row = standing(space, pause);
      if (row) space.write('pauses').set(pauseKey(pause), { ...row, healedAt: Math.round(now) });
      return row !== null;
    }),

  forget: (pause) =>
    use((space) => {
      if (space.read('pauses').get(pauseKey(pause))?.healedAt === pause.healedAt)
        space.write('pauses').delete(pauseKey(pause));
    }),

  clear: (account, reasons, alphaname) =>
    use((space) => {
      const ended = [...space.read('pauses').values()].filter(
        (row) =>
          row.account === account &&
          reasons.includes(row.reason) &&
          (alphaname === undefined || row.alphaname === alphaname),
      );
      for (const row of ended) space.write('pauses').delete(pauseKey(row));
      return ended.length;
    }),

  takeProbe: (pause, nextProbeAt) =>
    use((space) => {
      const row = standing(space, pause);
      if (!row) return false;
      const probeAt = nextProbeAt === null ? null : Math.round(nextProbeAt);
      space.write('pauses').set(pauseKey(pause), { ...row, probeAt, tries: row.tries + 1 });
      return true;
    }),
});

export const createAccounts = ({ use }: Access): AccountStore => ({
  ensure: ({ key, endpoint }, _now) =>
    use((space) => {
      const fresh = { key, endpoint, verifiedAt: null, microTokens: null, refilledAt: null };
      const row = space.read('accounts').get(key) ?? fresh;
      space.write('accounts').set(key, row);
      return { key: row.key, endpoint: row.endpoint, verifiedAt: row.verifiedAt };
    }),

  markVerified: (key, now) =>
    use((space) => {
      const row = space.read('accounts').get(key);
      if (row && row.verifiedAt === null) space.write('accounts').set(key, { ...row, verifiedAt: now });
    }),

  neverVerified: () =>
    use((space) =>
      [...space.read('accounts').values()].filter(({ verifiedAt }) => verifiedAt === null).map(({ key }) => key),
    ),

  takeTokens: (key, wanted, pace) =>
    use((space) => {
      const row = space.read('accounts').get(key);
      if (!row) throw new Error('The account is not in the ledger; call ensure first');
      const { taken, bucket } = takeFrom(row, wanted, pace);
      if (taken > 0) space.write('accounts').set(key, { ...row, ...bucket });
      return taken;
    }),
});

export const createBatches = ({ use }: Access): BatchStore => ({
  insertNew: (batch) =>
    use((space) => {
      const known = space.read('batches').get(batch.dedupeKey);
      if (known) return { id: known.id, existed: true };
      space.write('batches').set(batch.dedupeKey, batch);
      return { id: batch.id, existed: false };
    }),
  get: (id) => use((space) => [...space.read('batches').values()].find((row) => row.id === id) ?? null),
});

export const createAudit = ({ use }: Access): AuditStore => ({
  insert: (entry) =>
    use((space) => {
      space.write('audit').set(entry.id, entry);
    }),
  byTarget: (target) => use((space) => [...space.read('audit').values()].filter((row) => row.target === target)),
});

export const createSettings = ({ use }: Access): SettingStore => ({
  get: (key) => use((space) => space.read('settings').get(key) ?? null),
  ensure: (key, value) =>
    use((space) => {
      const stored = space.read('settings').get(key) ?? value;
      space.write('settings').set(key, stored);
      return stored;
    }),
  put: (key, value) =>
    use((space) => {
      space.write('settings').set(key, value);
    }),
});

export const createLeases = ({ use }: Access): LeaseStore => ({
  take: (name, holder, now, until) =>
    use((space) => {
      const row = space.read('leases').get(name);
      if (row && row.holder !== holder && row.until > now && row.until <= now + BELIEVABLE_MS) return false;
      space.write('leases').set(name, { holder, until });
      return true;
    }),
  release: (name, holder) =>
    use((space) => {
      const row = space.read('leases').get(name);
      if (row?.holder === holder) space.write('leases').set(name, { holder, until: 0 });
    }),
});
