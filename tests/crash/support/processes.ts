import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { keepOutput, recordRequestsOf } from '../../support/test-logs';
import type { ChildConfig } from './child-config';

const CRASH = path.join(__dirname, '..');
const REGISTER = path.join(CRASH, 'register.cjs');

/** A process of the test; it cannot outlive it. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves when it said that its work began; rejects when it ended before without being killed. */
  readonly ready: Promise<void>;
  /** Resolves when all its orders are placed. */
  readonly placed: Promise<void>;
  /** Resolves with the signal that ended it, null for an end of its own. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** What it complained about; never numbers or texts. */
  readonly complaints: () => string;
  kill(): void;
}

/** Starts a script of this folder on the TypeScript sources. */
export const startChild = (script: string, config: object, env: NodeJS.ProcessEnv = {}): Child => {
  const child = fork(path.join(CRASH, script), [JSON.stringify(config)], {
    execArgv: ['-r', REGISTER],
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  keepOutput(path.basename(script, '.ts'), child.stdout, child.stderr);
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      words.push(chunk.toString('utf8'));
      if (words.length > 200) words.shift();
    });
  const complaints = (): string => words.join('').slice(-4_000);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, signal) => resolve(signal));
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (message === 'ready') resolve();
    });
    child.once('exit', (code) => {
      // Killed while it started: that is what the test wants. An end of its own is a fault.
      if (code === null) resolve();
      else reject(new Error(`${script} ended with code ${String(code)}: ${complaints()}`));
    });
  });
  const placed = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (message === 'placed') resolve();
    });
    child.once('exit', () => reject(new Error(`${script} ended before its orders were placed: ${complaints()}`)));
  });
  placed.catch(() => undefined);
  // Whoever waits sees the rejection; nobody has to wait.
  ready.catch(() => undefined);
  return { process: child, ready, placed, ended, complaints, kill: () => void child.kill('SIGKILL') };
};

export const startDispatcher = (config: ChildConfig): Child => startChild('dispatcher-child.ts', config);

/** The gateway simulator in a process of its own: what it accepted stands in its file whatever dies. */
export interface SimulatorProcess {
  readonly apiUrl: string;
  readonly logFile: string;
  /** A request to the control API. */
  control(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void>;
  stop(): Promise<void>;
}

const OPTIONS = ['--port=0', '--balance=100000000', '--sent-after=10', '--delivered-after=20', '--quiet'];

export const startSimulatorProcess = async (logFile: string): Promise<SimulatorProcess> => {
  const cli = path.join(CRASH, '../../cli/cli.ts');
  const child = spawn(process.execPath, ['-r', REGISTER, cli, 'simulator', `--log=${logFile}`, ...OPTIONS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const addresses = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^\s+(API|Control|Login)\s+(\S+)/.exec(line);
    if (found?.[1] && found[2]) addresses.set(found[1], found[2]);
    if (addresses.has('Login')) break;
  }
  const apiUrl = addresses.get('API');
  const controlUrl = addresses.get('Control');
  if (!apiUrl || !controlUrl) throw new Error('The simulator did not start');
  return {
    apiUrl,
    logFile,
    control: async (method, route, body) => {
      const answer = await fetch(`${controlUrl}${route}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${route}: ${await answer.text()}`);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      recordRequestsOf(logFile);
    },
  };
};

/** A part of the requests is slow, half of those before the gateway looks at them: so kills find requests under way. */
const SLOW = [
  { kind: 'slow', params: { ms: 40, stage: 'before' }, match: { operation: 'SENDSMS' }, probability: 0.3, times: null },
  { kind: 'slow', params: { ms: 40, stage: 'after' }, match: { operation: 'SENDSMS' }, probability: 0.3, times: null },
];

export const slowDown = async (simulator: SimulatorProcess): Promise<void> => {
  for (const fault of SLOW) await simulator.control('POST', '/faults', fault);
};
