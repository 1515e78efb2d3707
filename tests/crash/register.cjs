/**
 * Lets child processes run the TypeScript sources (`node -r register.cjs file.ts`). What was compiled is kept by content, so
 * that a child of a kill test starts within half a second.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const CACHE = path.join(__dirname, '../.artifacts/crash-js');
mkdirSync(CACHE, { recursive: true });

const compile = (source, filename) => {
  const { transformSync } = require('@swc/core');
  const { code } = transformSync(source, {
    filename,
    sourceMaps: 'inline',
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  return code;
};

const compiled = (filename) => {
  const source = readFileSync(filename, 'utf8');
  const kept = path.join(CACHE, `${createHash('sha1').update(filename).update(source).digest('hex')}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const code = compile(source, filename);
  // Renamed into place: children start at the same moment and must not read half a file.
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
};

require.extensions['.ts'] = (module, filename) => module._compile(compiled(filename), filename);
