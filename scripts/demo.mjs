import { INSTALL_ARGS, installProblem, npmCommand } from './lib/install.mjs';
import { buildAll } from './lib/builds.mjs';
import { announce, plan } from './lib/demo-plan.mjs';
import { ensureDotEnv } from './lib/dot-env.mjs';
import { nodeVersionProblem } from './lib/node-version.mjs';
import { ROOT } from './lib/paths.mjs';
import { isPortFree } from './lib/ports.mjs';
import { start, stopAll, watchParent } from './lib/processes.mjs';
import { startShop, startSimulator } from './lib/services.mjs';
import { runStep } from './lib/steps.mjs';

/**
 * `npm run demo`: from a bare clone to a running shop with the plugin and, unless SVITSMS_* points elsewhere, the gateway
 * simulator. Only node: modules are imported, for nothing is installed yet at the first run.
 */
let stopping = false;

/** Ends the demo, once: children first, so that a new demo finds the ports free. */
const finish = async (code) => {
  if (stopping) return;
  stopping = true;
  await stopAll();
  process.exit(code);
};

const stopOnSignals = () => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(name, () => {
      if (!stopping) console.log('\nStopping the demo …');
      void finish(0);
    });
  watchParent(() => void finish(1));
};

const requireFreePorts = async (ports) => {
  for (const { variable, port, host, what } of ports)
    if (!(await isPortFree(port, host)))
      throw new Error(
        `Port ${port} (${what}) is taken. Stop the program that uses it, or choose another: ${variable}=${port + 1} npm run demo`,
      );
};

const install = async () => {
  if (!installProblem()) return;
  const { command, args } = npmCommand(INSTALL_ARGS);
  await runStep('Installing packages (a few minutes the first time)', 'install', (output) =>
    start(command, args, { cwd: ROOT, output }),
  );
};

/** A service that ends by itself takes the demo with it: half a demo would only puzzle. */
const endWith = (services) => {
  for (const { name, ended } of services)
    void ended.then(({ reason }) => {
      if (stopping) return;
      console.error(`${name} ended (${reason}). The demo stops.`);
      void finish(1);
    });
};

const main = async () => {
  const versionProblem = nodeVersionProblem();
  if (versionProblem) throw new Error(versionProblem);
  const demo = plan(process.env);
  await requireFreePorts(demo.ports);
  stopOnSignals();
  await install();
  ensureDotEnv();
  await buildAll();
  const simulator = demo.simulator ? [await startSimulator(demo.simulator)] : [];
  const services = [...simulator, await startShop(demo.origin, demo.shopEnv)];
  endWith(services);
  announce(demo);
};

main().catch((error) => {
  if (stopping) return;
  console.error(`\n${error.message}`);
  void finish(1);
});
