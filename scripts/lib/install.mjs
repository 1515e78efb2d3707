import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Why the installed packages do not match package-lock.json; null when they do. npm leaves the tree it installed in
 * node_modules/.package-lock.json; comparing it with the lock costs some 20 ms, where asking npm costs seconds. Optional and
 * peer packages are left out: npm skips those that this platform cannot have.
 */
export const installProblem = (root = ROOT) => {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return 'packages are not installed';
  const installed = readJson(installedFile).packages;
  for (const [where, wanted] of Object.entries(readJson(path.join(root, 'package-lock.json')).packages)) {
    if (!where.includes('node_modules/') || wanted.optional || wanted.devOptional || wanted.peer || wanted.link)
      continue;
    if (installed[where]?.version !== wanted.version) return `${where} should be ${wanted.version}`;
  }
  return null;
};

/** The command line of npm: the npm that runs this script where there is one, so no shell is needed on Windows. */
export const npmCommand = (args) =>
  process.env.npm_execpath?.endsWith('.js')
    ? { command: process.execPath, args: [process.env.npm_execpath, ...args] }
    : { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };

/** `npm ci` with the tools even under NODE_ENV=production, and quiet: its output is shown only when something is wrong. */
export const INSTALL_ARGS = ['ci', '--include=dev', '--no-audit', '--no-fund'];
