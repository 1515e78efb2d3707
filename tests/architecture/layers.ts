/**
 * Who may import whom: docs/architecture.md as a table. A file belongs to the first layer whose folder holds it, so narrower
 * folders stand first. `own` lists path prefixes in this repository, `packages` lists packages; all else is a crossed line.
 */
export interface Layer {
  readonly folder: string;
  readonly own: readonly string[];
  /** Like `own`, but only `import type` may take from there. */
  readonly ownTypes?: readonly string[];
  readonly packages: readonly string[];
}

/** Built-in modules that touch nothing outside the process. */
const PURE_NODE = ['node:crypto', 'node:util', 'node:assert'];
const STRAPI_SHELL = ['server/src/strapi', 'server/src/delivery', 'server/src/domain', 'shared'];
const STRAPI_PACKAGES = [
  '@strapi/strapi',
  '@strapi/utils',
  '@strapi/types',
  'zod',
  'knex',
  'uuid',
  'libphonenumber-js',
];

export const LAYERS: readonly Layer[] = [
  { folder: 'shared/vocabulary', own: [], packages: [] },
  { folder: 'shared', own: ['shared'], packages: ['zod'] },
  {
    folder: 'server/src/gateway',
    own: ['server/src/gateway'],
    packages: ['undici', 'fast-xml-parser', 'xmlbuilder2', 'node:*'],
  },
  {
    folder: 'server/src/domain',
    own: ['server/src/domain', 'shared/vocabulary'],
    packages: ['libphonenumber-js', 'liquidjs', 'luxon', 'split-sms', 'zod', ...PURE_NODE],
  },
  {
    folder: 'server/src/delivery',
    own: ['server/src/delivery', 'server/src/domain', 'shared'],
    packages: ['uuid', 'rate-limiter-flexible', 'libphonenumber-js', 'node:async_hooks', 'node:timers', ...PURE_NODE],
  },
  {
    folder: 'server/src/strapi/adapters',
    own: [...STRAPI_SHELL, 'server/src/gateway'],
    packages: [...STRAPI_PACKAGES, 'rate-limiter-flexible', 'bullmq', 'ioredis', 'node:*'],
  },
  // The one place that calls compose(); the others of the shell know its result by type.
  {
    folder: 'server/src/strapi/bootstrap',
    own: [...STRAPI_SHELL, 'server/src/compose'],
    packages: [...STRAPI_PACKAGES, 'node:*'],
  },
  {
    folder: 'server/src/strapi',
    own: STRAPI_SHELL,
    ownTypes: ['server/src/compose'],
    packages: [...STRAPI_PACKAGES, 'rate-limiter-flexible', 'luxon', 'node:*'],
  },
  // The plugin object and compose.ts: the only files that know every part.
  { folder: 'server/src', own: ['server/src', 'shared'], packages: [...STRAPI_PACKAGES, 'node:*'] },
  {
    folder: 'admin/src',
    own: ['admin/src', 'shared'],
    packages: [
      '@strapi/strapi',
      '@strapi/design-system',
      '@strapi/icons',
      'react',
      'react-dom',
      'react-intl',
      'react-router-dom',
      'styled-components',
      'uuid',
      'zod',
    ],
  },
  { folder: 'simulator', own: ['simulator'], packages: ['saxes', 'fast-xml-parser', 'xmlbuilder2', 'node:*'] },
  // A sending process without a web server is a Strapi all the same.
  { folder: 'cli/commands/worker', own: ['cli'], packages: ['@strapi/strapi', 'node:*'] },
  { folder: 'cli', own: ['cli', 'simulator', 'server/src/gateway'], packages: ['node:*'] },
  { folder: 'playground', own: ['playground'], packages: ['@strapi/strapi', 'node:*'] },
  // Measurements and the replacement engine may look at everything, but nothing may look at them.
  { folder: 'bench', own: ['bench', 'server/src', 'simulator', 'shared', 'cli', 'tests/support'], packages: ['*'] },
];

/** Only these may be longer than the limit, and each says why in its first lines. */
export const LENGTH_LIMIT = 300;
export const LONG_BY_NATURE: readonly string[] = ['server/src/delivery/ports.ts', 'shared/vocabulary.ts'];
