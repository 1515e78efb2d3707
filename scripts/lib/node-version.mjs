import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const parts = (version) => version.split('.').map(Number);

/** Whether a version such as `20.9.0` is at least another. */
const atLeast = (version, other) => {
  const [a, b] = [parts(version), parts(other)];
  for (let i = 0; i < b.length; i += 1) if (a[i] !== b[i]) return a[i] > b[i];
  return true;
};

/**
 * Why this Node cannot run the project, in words for the person at the terminal; null when it can. The bounds are read from
 * `engines` in package.json (`>=20.19.0 <=26.x.x`), so they are written down once.
 */
export const nodeVersionProblem = (version = process.versions.node) => {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const [, oldest, newestMajor] = /^>=(\d+\.\d+\.\d+) <=(\d+)\./.exec(engines.node) ?? [];
  if (!oldest) throw new Error(`package.json: "engines.node" is not of the form ">=a.b.c <=d.x.x": ${engines.node}`);
  if (!atLeast(version, oldest)) return `Node ${version} is too old: Node ${oldest} or newer is needed.`;
  if (parts(version)[0] > Number(newestMajor))
    return `Node ${version} is newer than Strapi supports: use Node ${oldest} to ${newestMajor}.`;
  return null;
};
