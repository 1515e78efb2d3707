import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const ROOT = path.resolve(__dirname, '../..');

/** Everything of ours that is shipped or ships the demo; tests are judged by people. */
const SOURCE_FOLDERS = [
  'shared',
  'server/src',
  'admin/src',
  'simulator',
  'cli',
  'bench',
  'playground/config',
  'playground/src',
];

export interface SourceFile {
  /** Path from the repository, with slashes. */
  readonly name: string;
  readonly text: string;
  readonly lines: number;
}

export interface ImportOf {
  /** Our own file or folder, from the repository and without extension; null for a package. */
  readonly own: string | null;
  /** The specifier as written. */
  readonly specifier: string;
  /** Whether every import of it in this file is an `import type`. */
  readonly typeOnly: boolean;
}

const toSlashes = (name: string): string => name.split(path.sep).join('/');

const namesUnder = (folder: string): string[] => {
  try {
    return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  } catch (error) {
    // A folder that does not exist yet has no files.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

export const readSources = (): SourceFile[] =>
  SOURCE_FOLDERS.flatMap((folder) => namesUnder(folder).map((name) => toSlashes(path.join(folder, name))))
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules/'))
    .map((name) => {
      const text = readFileSync(path.join(ROOT, name), 'utf8');
      return { name, text, lines: text.split('\n').length - 1 };
    });

/** Every import, re-export, `import()` and `require()` of a file, types included: a type from a lower layer is a tie too. */
export const importsOf = ({ name, text }: SourceFile): ImportOf[] => {
  const typesFrom = [...text.matchAll(/^(?:import|export) type [^;]*? from '([^']+)'/gm)].map(
    ([, specifier]) => specifier,
  );
  const all = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const count = (list: readonly (string | undefined)[], wanted: string) => list.filter((one) => one === wanted).length;
  return all.map((specifier) => ({
    specifier,
    own: specifier.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(name), specifier)) : null,
    typeOnly: count(typesFrom, specifier) === count(all, specifier),
  }));
};

/** The package a specifier belongs to: `@scope/name` or `name`; `node:` modules stay as they are. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
