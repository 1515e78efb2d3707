import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from './paths.mjs';

/** Folders that are never a source. */
const OUTPUTS = new Set(['node_modules', 'dist', '.strapi', '.tmp', 'generated', 'uploads', '.cache']);

const filesUnder = (entry) => {
  if (!existsSync(entry)) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry, { withFileTypes: true })
    .filter((child) => !OUTPUTS.has(child.name))
    .flatMap((child) => filesUnder(path.join(entry, child.name)))
    .sort();
};

/** One hash over the names and contents of files and folders, given relative to the repository. */
export const hashOf = (entries) => {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of entries.flatMap((entry) => filesUnder(path.join(ROOT, entry))))
    hash.update(`\0${path.relative(ROOT, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
};

/**
 * Builds only when the inputs changed or an output is missing. The stamp is removed first, so an interrupted build is done
 * again.
 * @returns whether it built
 */
export const buildOnce = async (name, { inputs, outputs }, build) => {
  const stamp = path.join(CACHE, 'stamps', name);
  const hash = hashOf(inputs);
  const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (fresh && outputs.every((output) => existsSync(path.join(ROOT, output)))) return false;
  rmSync(stamp, { force: true });
  await build();
  const missing = outputs.find((output) => !existsSync(path.join(ROOT, output)));
  if (missing) throw new Error(`The build of "${name}" ended well but left no ${missing}.`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
};
