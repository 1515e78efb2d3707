import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A database server of the test's own, to be killed without hurting others. */
export interface PrivateServer {
  /** What leads the connections of tests/support to it. */
  readonly environment: Readonly<Record<string, string>>;
  /** It dies at once, whatever it does; resolves when it has recovered and lets clients in again. */
  crash(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** Runs a program to its end; rejects with what it complained about. */
export const execute = promisify(execFile);

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/** A folder that a server under another user can enter. */
export const makeFolder = (name: string): string => {
  const folder = mkdtempSync(path.join(tmpdir(), `svitsms-${name}-`));
  chmodSync(folder, 0o777);
  return folder;
};

/**
 * Below the ports that systems give to outgoing connections: while the server is down, one of those that knock in vain would
 * take its port.
 */
const FIRST_PORT = 20_000;
const PORTS = 10_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
};

/** Sets variables of this process and of children to come; the returned function puts back what was there. */
export const setEnvironment = (variables: Readonly<Record<string, string>>): (() => void) => {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  };
};
