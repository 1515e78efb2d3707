import type { Knex } from 'knex';
import type { CrashDatabase } from './databases';

/** A child's connections under a name, so that the server can tell when the last of them is gone. SQLite has none. */
export interface NamedConnections {
  configOf(owner: string): Promise<Knex.Config>;
  /** Waits until the server has noticed that a killed process is gone: its last commit may still be on the way. */
  gone(owner: string): Promise<void>;
  close(): Promise<void>;
}

export const nameConnections = ({ kind, knex, config }: CrashDatabase): NamedConnections => {
  const connection = { ...(config.connection as { database?: string }) }; // an object in tests/support
  if (kind === 'SQLite')
    return { configOf: () => Promise.resolve(config), gone: () => Promise.resolve(), close: () => Promise.resolve() };
  if (kind === 'PostgreSQL')
    return {
      configOf: (owner) => Promise.resolve({ ...config, connection: { ...connection, application_name: owner } }),
      gone: (owner) =>
        untilNone(() => knex('pg_stat_activity').where('application_name', owner).count({ total: 'pid' })),
      close: () => Promise.resolve(),
    };
  // MariaDB keeps no names of connections, but shows whose they are.
  const users = new Set<string>();
  const userOf = (owner: string): string => `${connection.database ?? ''}_${owner}`;
  return {
    configOf: async (owner) => {
      const user = userOf(owner);
      users.add(user);
      await knex.raw(`create user ??@'%'`, [user]);
      await knex.raw(`grant all on ??.* to ??@'%'`, [connection.database ?? '', user]);
      return { ...config, connection: { ...connection, user, password: '' } };
    },
    gone: (owner) =>
      untilNone(() => knex('information_schema.processlist').where('user', userOf(owner)).count({ total: 'id' })),
    close: async () => {
      for (const user of users) await knex.raw(`drop user ??@'%'`, [user]);
    },
  };
};

const untilNone = async (count: () => PromiseLike<{ total?: string | number }[]>): Promise<void> => {
  while (Number((await count())[0]?.total ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
};
