import path from 'node:path';
import { PLAYGROUND, ROOT } from './paths.mjs';
import { startNode } from './processes.mjs';
import { step } from './steps.mjs';

/** A first start creates the tables, which takes seconds on a slow disk; a minute and more means it hangs. */
const READY_WITHIN_MS = 120_000;
const PROBE_EVERY_MS = 150;

/** The variables by which a demo speaks to a real gateway; one of them is enough to leave the simulator out. */
const GATEWAY_VARIABLES = ['SVITSMS_ENDPOINT', 'SVITSMS_LOGIN', 'SVITSMS_PASSWORD', 'SVITSMS_ALPHANAME'];

export const usesRealGateway = (env = process.env) => GATEWAY_VARIABLES.some((name) => env[name]);

const answers = async (url) => {
  try {
    await fetch(url, { signal: AbortSignal.timeout(PROBE_EVERY_MS * 20) });
    return true;
  } catch {
    // Not listening yet: the caller asks again.
    return false;
  }
};

/** Waits until a service answers; rejects at once when its process ends before that. */
const untilAnswers = async (title, running, url) => {
  let over;
  void running.ended.then(({ reason }) => (over = reason));
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await answers(url))) {
    if (over) throw new Error(`${title}: it ended before it was ready (${over}). Its output:`);
    if (performance.now() > deadline)
      throw new Error(`${title}: no answer at ${url} in ${READY_WITHIN_MS / 1000} s. Its output:`);
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
};

/**
 * Collects the output of a service while it starts, which is worth reading only when the start fails; passes it on afterwards,
 * each line under the service's name.
 */
const relay = (name, { child }) => {
  const early = [];
  let ready = false;
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    let rest = '';
    from.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (ready) to.write(`${name} | ${line}\n`);
        else early.push(line);
      }
    });
  }
  return { early, passOn: () => (ready = true) };
};

const startService = async (name, title, args, { cwd, env, url }) => {
  const running = startNode(args, { cwd, env });
  const { early, passOn } = relay(name, running);
  try {
    await step(title, () => untilAnswers(title, running, url));
  } catch (error) {
    throw new Error(`${error.message}\n${early.join('\n')}`, { cause: error });
  }
  passOn();
  return { name, ...running };
};

export const startSimulator = ({ port, pushUrl }) =>
  startService(
    'simulator',
    'Starting the gateway simulator',
    [path.join(ROOT, 'dist/bin/cli/cli.js'), 'simulator', '--port', String(port), '--push-url', pushUrl],
    { cwd: ROOT, env: {}, url: `http://127.0.0.1:${port}/` },
  );

export const startShop = (origin, env) =>
  startService('strapi', 'Starting Strapi', [path.join(ROOT, 'node_modules/@strapi/strapi/bin/strapi.js'), 'start'], {
    cwd: PLAYGROUND,
    env,
    url: `${origin}/_health`,
  });
