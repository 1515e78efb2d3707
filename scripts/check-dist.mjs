import { createRequire } from 'node:module';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/paths.mjs';

/**
 * Looks at what the build made. `@strapi/admin` imported instead of `@strapi/strapi/admin` bundles a second panel of 1 MB; a
 * package missing from "dependencies" is bundled too and then never updated.
 */
const MAX_CHUNK_BYTES = 50 * 1024;
/** All our server code together is far below this; a bundled framework is far above. */
const MAX_SERVER_BYTES = 600 * 1024;
const EXPECTED = [
  'dist/server/index.js',
  'dist/server/index.mjs',
  'dist/admin/index.js',
  'dist/admin/index.mjs',
  'dist/strapi-server.d.ts',
  'dist/strapi-admin.d.ts',
  'dist/bin/cli/cli.js',
  'dist/bin/server/src/gateway/index.js',
  'dist/bin/server/src/gateway/index.d.ts',
];

const scripts = (folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.m?js$/.test(name));

const size = (name) => statSync(path.join(ROOT, name)).size;
/** Vite names the source of every bundled package in a comment or leaves its path in the helper names. */
const bundledPackages = (name) =>
  [...readFileSync(path.join(ROOT, name), 'utf8').matchAll(/node_modules\/(@[^/"'\s]+\/[^/"'\s]+|[^/"'\s]+)\//g)].map(
    ([, packageName]) => packageName,
  );

const problems = EXPECTED.filter((name) => !existsSync(path.join(ROOT, name))).map((name) => `${name} is missing`);
if (problems.length === 0) {
  for (const name of scripts('dist/admin'))
    if (size(name) >= MAX_CHUNK_BYTES) problems.push(`${name} has ${size(name)} bytes, allowed are ${MAX_CHUNK_BYTES}`);
  for (const name of scripts('dist/server')) {
    if (size(name) >= MAX_SERVER_BYTES)
      problems.push(`${name} has ${size(name)} bytes, allowed are ${MAX_SERVER_BYTES}`);
    for (const packageName of new Set(bundledPackages(name))) problems.push(`${name} bundles ${packageName}`);
  }
}
// By the package's own name, as others will ask for it: this goes through "exports".
const packed = createRequire(path.join(ROOT, 'package.json'));
const { createGatewayClient } = problems.length === 0 ? packed('strapi-plugin-svitsms/gateway') : {};
if (problems.length === 0 && typeof createGatewayClient !== 'function')
  problems.push('strapi-plugin-svitsms/gateway exports no createGatewayClient');
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
const bytes = scripts('dist/admin').reduce((sum, name) => sum + size(name), 0);
console.log(`dist is complete: server ${size('dist/server/index.js')} bytes, panel ${bytes} bytes in chunks`);
