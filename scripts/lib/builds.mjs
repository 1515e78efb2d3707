import { rmSync } from 'node:fs';
import path from 'node:path';
import { PLAYGROUND, ROOT } from './paths.mjs';
import { startNode } from './processes.mjs';
import { buildOnce } from './stamps.mjs';
import { runStep } from './steps.mjs';

const LOCK = 'package-lock.json';
const tool = (file) => path.join(ROOT, 'node_modules', file);

const PLUGIN = {
  inputs: [
    'admin',
    'server',
    'shared',
    'strapi-admin.ts',
    'strapi-server.ts',
    'package.json',
    'tsconfig.base.json',
    LOCK,
  ],
  outputs: ['dist/server/index.js', 'dist/admin/index.js'],
};

const COMMANDS = {
  inputs: ['cli', 'simulator', 'server/src/gateway', 'tsconfig.base.json', 'tsconfig.bin.json', LOCK],
  outputs: ['dist/bin/cli/cli.js', 'dist/bin/server/src/gateway/index.js'],
};

/** The panel bundles the plugin's built admin part; the server part is read when Strapi starts. */
const SHOP = {
  inputs: [
    'playground/config',
    'playground/src',
    'playground/package.json',
    'playground/tsconfig.json',
    'dist/admin',
    LOCK,
  ],
  outputs: ['playground/dist/src/index.js', 'playground/dist/build/index.html'],
};

const build = (title, name, args, cwd) => runStep(title, `build-${name}`, (output) => startNode(args, { cwd, output }));

/** Builds what changed since the last time: the plugin, its command line with the simulator, the shop with the panel. */
export const buildAll = async () => {
  await buildOnce('plugin', PLUGIN, () =>
    build('Building the plugin', 'plugin', [tool('@strapi/sdk-plugin/bin/strapi-plugin.js'), 'build'], ROOT),
  );
  await buildOnce('commands', COMMANDS, () => {
    rmSync(path.join(ROOT, 'dist/bin'), { recursive: true, force: true });
    return build('Building the simulator', 'commands', [tool('typescript/bin/tsc'), '-p', 'tsconfig.bin.json'], ROOT);
  });
  await buildOnce('shop', SHOP, () => {
    // Left-overs of a source that is gone would still be loaded as a content type or a route.
    rmSync(path.join(PLAYGROUND, 'dist'), { recursive: true, force: true });
    return build(
      'Building the shop and its panel',
      'shop',
      [tool('@strapi/strapi/bin/strapi.js'), 'build'],
      PLAYGROUND,
    );
  });
};
