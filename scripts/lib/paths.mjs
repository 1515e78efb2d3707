import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const PLAYGROUND = path.join(ROOT, 'playground');
/** Stamps and logs of the scripts; ignored by git, safe to delete. */
export const CACHE = path.join(ROOT, '.cache');
