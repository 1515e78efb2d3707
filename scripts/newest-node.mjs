import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { npmCommand } from './lib/install.mjs';
import { CACHE, ROOT } from './lib/paths.mjs';

/**
 * Runs the tests that need no native database driver under the newest Node Strapi supports, so that the upper end of
 * `engines` is a tested fact. Node itself comes from the npm registry, into a folder apart from the project's packages.
 */
const VERSION = '26.10.0';
const SUITES = ['tests/domain', 'tests/gateway', 'tests/delivery', 'tests/simulator'];

const folder = path.join(CACHE, `node-${VERSION}`);
const node = path.join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

const run = (command, args, options) => {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync(node)) {
  const { command, args } = npmCommand([
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--prefix',
    folder,
    `node@${VERSION}`,
  ]);
  run(command, args, {});
}
run(node, ['--version'], {});
run(node, ['node_modules/jest/bin/jest.js', ...process.argv.slice(2), ...SUITES], {});
