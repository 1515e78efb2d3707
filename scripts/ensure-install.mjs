import { spawnSync } from 'node:child_process';
import { INSTALL_ARGS, installProblem, npmCommand } from './lib/install.mjs';
import { nodeVersionProblem } from './lib/node-version.mjs';
import { ROOT } from './lib/paths.mjs';

/** `npm test` in a bare clone: jest itself must be installed first. Does nothing when the packages match the lock. */
const versionProblem = nodeVersionProblem();
if (versionProblem) {
  console.error(versionProblem);
  process.exit(1);
}
const problem = installProblem();
if (problem) {
  console.log(`Installing packages, a few minutes the first time (${problem}).`);
  const { command, args } = npmCommand(INSTALL_ARGS);
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
