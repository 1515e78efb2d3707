import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { execute, freePort, makeFolder, runsAsRoot, type PrivateServer } from './private-server';

const ROOT = '/usr/lib/postgresql';

/** Where initdb and pg_ctl are: PG_BIN, the newest version of Debian's packages, or the search path. */
const binaries = (): string => {
  const given = process.env['PG_BIN'];
  if (given) return given;
  if (!existsSync(ROOT)) return '';
  const newest = readdirSync(ROOT).sort((one, other) => Number(other) - Number(one))[0];
  return path.join(ROOT, newest ?? '', 'bin');
};

/** PostgreSQL refuses to run as root; then it runs as its own user. */
const run = async (program: string, args: readonly string[]): Promise<void> => {
  const command = path.join(binaries(), program);
  if (runsAsRoot()) await execute('runuser', ['-u', 'postgres', '--', command, ...args]);
  else await execute(command, args);
};

export const startPrivatePostgres = async (): Promise<PrivateServer> => {
  const folder = makeFolder('postgres');
  const data = path.join(folder, 'data');
  const port = await freePort();
  const log = path.join(folder, 'server.log');
  const options = `-p ${String(port)} -k ${folder} -c listen_addresses=127.0.0.1`;
  await run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync']);
  await run('pg_ctl', ['start', '-w', '-D', data, '-l', log, '-o', options]);
  return {
    environment: { PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: 'postgres', PGPASSWORD: '' },
    crash: () => run('pg_ctl', ['restart', '-w', '-m', 'immediate', '-D', data, '-l', log]),
    stop: async () => {
      await run('pg_ctl', ['stop', '-w', '-m', 'immediate', '-D', data]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
