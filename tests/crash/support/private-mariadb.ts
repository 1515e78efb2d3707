import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import knexOf from 'knex';
import { eventually } from '../../support/eventually';
import { execute, freePort, makeFolder, runsAsRoot, type PrivateServer } from './private-server';

/** Debian keeps the server where the search path of ordinary users does not lead. */
const USUAL = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'];

/** Where a program is: MARIADB_BIN, the search path or the usual folders. */
const find = (program: string): string => {
  const given = process.env['MARIADB_BIN'];
  const folders = given ? [given] : [...(process.env['PATH'] ?? '').split(path.delimiter), ...USUAL];
  const found = folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
  if (!found) throw new Error(`${program} is missing: install MariaDB's server or name its folder in MARIADB_BIN`);
  return found;
};

/** A slow machine recovers slowly; nobody waits longer than this. Milliseconds. */
const START_MS = 60_000;

/** One life of the server. */
interface Life {
  /** Resolves when the process is gone and its port is free. */
  kill(): Promise<void>;
}

const live = async (args: readonly string[], port: number, log: string): Promise<Life> => {
  const output = openSync(log, 'a');
  const server = spawn(find('mariadbd'), args, { stdio: ['ignore', output, output] });
  closeSync(output);
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      gone = true;
      resolve();
    };
    server.once('exit', end);
    server.once('error', end);
  });
  const kill = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
  };
  try {
    await eventually(() => gone || letsIn(port), Boolean, START_MS);
    if (gone) throw new Error('it ended by itself');
    return { kill };
  } catch (error) {
    await kill();
    const why = error instanceof Error ? error.message : 'unknown error';
    throw new Error(`MariaDB does not start: ${why}\n${readFileSync(log, 'utf8').slice(-2_000)}`, { cause: error });
  }
};

const letsIn = async (port: number): Promise<boolean> => {
  const connection = { host: '127.0.0.1', port, user: 'root', connectTimeout: 2_000 };
  const knex = knexOf({ client: 'mysql2', connection, pool: { min: 0, max: 1 } });
  try {
    await knex.raw('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await knex.destroy();
  }
};

export const startPrivateMariadb = async (): Promise<PrivateServer> => {
  const folder = makeFolder('mariadb');
  const data = path.join(folder, 'data');
  const log = path.join(folder, 'server.log');
  const port = await freePort();
  const common = ['--no-defaults', `--datadir=${data}`, ...(runsAsRoot() ? ['--user=mysql'] : [])];
  const args = [
    ...common,
    '--bind-address=127.0.0.1',
    `--port=${String(port)}`,
    `--socket=${path.join(data, 'sock')}`,
    '--skip-name-resolve',
    '--innodb-buffer-pool-size=64M',
    // A transaction whose COMMIT was answered survives the crash; without this the proof would accuse us of the server's loss.
    '--innodb-flush-log-at-trx-commit=1',
  ];
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const open = ['--auth-root-authentication-method=normal', '--skip-test-db'];
    await execute(find('mariadb-install-db'), [...common, ...open]);
    let life = await live(args, port, log);
    return {
      environment: { MYSQL_HOST: '127.0.0.1', MYSQL_PORT: String(port), MYSQL_USER: 'root', MYSQL_PASSWORD: '' },
      crash: async () => {
        await life.kill();
        life = await live(args, port, log);
      },
      stop: async () => {
        await life.kill();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
};
