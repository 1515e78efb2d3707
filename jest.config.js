/** Tests run on the TypeScript sources: no build is needed. Suites that need a service or a browser live in their own configs. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/services/', '<rootDir>/tests/browser/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/playground/dist/'],
  transform: {
    '^.+\\.(t|j)sx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', tsx: false }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  setupFiles: ['<rootDir>/tests/support/property-seed.ts'],
  maxWorkers: 2,
  testTimeout: 30_000,
};
