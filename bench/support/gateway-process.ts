import { spawn } from 'node:child_process';
import path from 'node:path';

export interface GatewayProcess {
  readonly apiUrl: string;
  readonly controlUrl: string;
  stop(): Promise<void>;
}

const ROOT = path.resolve(__dirname, '../..');

/** The simulator in a process of its own, so that it does not share our event loop. */
export const startGateway = async (port: number): Promise<GatewayProcess> => {
  const child = spawn(
    process.execPath,
    ['-r', path.join(ROOT, 'bench/register.cjs'), path.join(ROOT, 'cli/cli.ts'), 'simulator', '--port', String(port), '--quiet', '--balance', '100000000', '--sent-after', '3600000', '--delivered-after', '3600000', '--max-messages', '1000'], // prettier-ignore
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + 20_000;
  for (;;) {
    try {
      if ((await fetch(`${url}/control/health`)).ok) break;
    } catch (error) {
      if (Date.now() > until) throw new Error('The simulator did not start', { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    apiUrl: `${url}/api/api.php`,
    controlUrl: `${url}/control`,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill();
      }),
  };
};
