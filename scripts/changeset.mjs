import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './lib/paths.mjs';

/**
 * Runs the changesets tool for the package at the root: `npm run changeset -- version`. The tool sees only
 * the members of an npm workspace, never its root, and npm does not take "." as a member; so it works on a copy of package.json
 * without "workspaces", outside the repository (it looks for a workspace upwards), and a new version is carried back.
 */
const stage = mkdtempSync(path.join(tmpdir(), 'changesets-'));
const packageFile = path.join(ROOT, 'package.json');
const changelog = 'CHANGELOG.md';

const alone = JSON.parse(readFileSync(packageFile, 'utf8'));
delete alone.workspaces;
writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(alone, null, 2)}\n`);
symlinkSync(path.join(ROOT, '.changeset'), path.join(stage, '.changeset'), 'dir');
symlinkSync(path.join(ROOT, '.prettierrc.json'), path.join(stage, '.prettierrc.json'));
if (existsSync(path.join(ROOT, changelog)))
  writeFileSync(path.join(stage, changelog), readFileSync(path.join(ROOT, changelog)));

const tool = path.join(ROOT, 'node_modules/@changesets/cli/bin.js');
const { status, error } = spawnSync(process.execPath, [tool, ...process.argv.slice(2)], {
  cwd: stage,
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;

const { version } = JSON.parse(readFileSync(path.join(stage, 'package.json'), 'utf8'));
if (status === 0 && version !== alone.version) {
  const text = readFileSync(packageFile, 'utf8');
  writeFileSync(packageFile, text.replace(`"version": "${alone.version}"`, `"version": "${version}"`));
  writeFileSync(path.join(ROOT, changelog), readFileSync(path.join(stage, changelog)));
  console.log(`package.json is at ${version} now. Run "npm install --package-lock-only" to carry it into the lock.`);
}
rmSync(stage, { recursive: true, force: true });
