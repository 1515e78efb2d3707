import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';

const READY = /^DEMO READY (\{.*\})$/;
/** A first run builds the plugin and the panel; two slow cores take some three minutes. */
const READY_WITHIN_MS = 15 * 60_000;

/**
 * Starts `scripts/demo.mjs` on ports and with a database of its own.
 * @returns what the demo says of itself, and `stop`
 */
export const startDemo = async ({ name, folder, env = {} }) => {
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ['scripts/demo.mjs'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      SIMULATOR_PORT: String(simulatorPort),
      DATABASE_FILENAME: path.join(folder, `${name}.db`),
      ...env,
    },
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  const stop = async () => {
    child.kill('SIGTERM');
    return ended;
  };
  try {
    return { ...(await readyOf(child, ended)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const readyOf = (child, ended) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The demo was not ready in time.')), READY_WITHIN_MS);
    void ended.then((how) => reject(new Error(`The demo ended before it was ready (${how}).`)));
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const ready = READY.exec(line);
        if (ready) {
          clearTimeout(timer);
          resolve(JSON.parse(ready[1]));
        } else if (/^[▸✓✗…]/.test(line)) console.log(line);
      }
    });
  });
