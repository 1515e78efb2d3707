import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of the playground. Config files run from two places (`dist/config` in the server, `config` when the panel is
 * built), so a fixed number of `..` would be right in one and silently wrong in the other.
 */
const nearestPackage = (folder: string): string =>
  existsSync(path.join(folder, 'package.json')) ? folder : nearestPackage(path.dirname(folder));

export const appRoot = nearestPackage(__dirname);
