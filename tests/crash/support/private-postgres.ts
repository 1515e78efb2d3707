import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, chmodSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A server of the test's own, to be killed without hurting others. */
export interface PrivatePostgres {
  readonly port: number;
  /** Every backend dies at once, as in a crash; then the server recovers. */
  crash(): void;
  stop(): void;
}

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
const run = (program: string, args: readonly string[]): void => {
  const command = path.join(binaries(), program);
  if (process.getuid?.() === 0)
    execFileSync('runuser', ['-u', 'postgres', '--', command, ...args], { stdio: 'ignore' });
  else execFileSync(command, args, { stdio: 'ignore' });
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo; // listens on a port, so there is an address
      server.close(() => resolve(port));
    });
  });

export const startPrivatePostgres = async (): Promise<PrivatePostgres> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'svitsms-postgres-'));
  chmodSync(folder, 0o777);
  const data = path.join(folder, 'data');
  const port = await freePort();
  const log = path.join(folder, 'server.log');
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync']);
  run('pg_ctl', [
    'start',
    '-w',
    '-D',
    data,
    '-l',
    log,
    '-o',
    `-p ${String(port)} -k ${folder} -c listen_addresses=127.0.0.1`,
  ]);
  return {
    port,
    crash: () => run('pg_ctl', ['restart', '-w', '-m', 'immediate', '-D', data, '-l', log]),
    stop: () => {
      run('pg_ctl', ['stop', '-w', '-m', 'immediate', '-D', data]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
