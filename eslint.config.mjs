import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Layers of docs/architecture.md: what a folder must not import. tests/architecture checks the same by reading imports. */
const forbid = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(([regex, message]) => ({ regex, message })) }] },
});
const STRAPI = ['^@strapi/', 'Only server/src/strapi and admin know Strapi.'];
const KNEX = ['^knex$', 'Only stores know the database.'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      'dist',
      'coverage',
      'playground/dist',
      'playground/.strapi',
      'playground/types',
      'tests/.artifacts',
      'playground/.tmp',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './admin/tsconfig.json', './playground/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-globals': [
        'error',
        { name: 'strapi', message: 'Take Strapi as an argument; there may be more than one.' },
      ],
      eqeqeq: ['error', 'always'],
    },
  },
  forbid(['shared/**'], [['^(?!zod$|\\./|\\.\\./vocabulary$)', 'shared imports only zod and itself.']]),
  forbid(
    ['server/src/gateway/**'],
    [STRAPI, KNEX, ['(domain|delivery|strapi|shared)/', 'The gateway knows the wire and nothing else.']],
  ),
  forbid(
    ['server/src/domain/**'],
    [
      STRAPI,
      KNEX,
      ['(gateway|delivery|strapi)/', 'The domain is pure.'],
      ['^(node:)?(fs|http|https|net|timers)', 'The domain does no I/O.'],
    ],
  ),
  forbid(['server/src/delivery/**'], [STRAPI, KNEX, ['(gateway|strapi)/', 'Use cases stand on ports.']]),
  forbid(
    [
      'server/src/strapi/controllers/**',
      'server/src/strapi/routes/**',
      'server/src/strapi/services/**',
      'server/src/strapi/stores/**',
    ],
    [['gateway/', 'Only adapters speak to the gateway client.']],
  ),
  forbid(['simulator/**'], [STRAPI, KNEX, ['(server|shared|admin)/', 'The simulator stands alone.']]),
  forbid(
    ['admin/**'],
    [
      ['(server|simulator)/', 'The admin shares only contracts.'],
      ['^@strapi/admin', 'Import from @strapi/strapi/admin: the other bundles a second admin.'],
    ],
  ),
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        URL: 'readonly',
        AbortSignal: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
        setImmediate: 'readonly',
      },
    },
  },
  { files: ['tests/**'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
