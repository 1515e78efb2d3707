/** Suites that need PostgreSQL, MySQL/MariaDB or Redis: `npx jest --config jest.services.config.js`. */
const base = require('./jest.config.js');

module.exports = {
  ...base,
  testMatch: ['<rootDir>/tests/services/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Each suite loads the same few cores and servers; one after the other gives steadier races and shorter waits.
  maxWorkers: 1,
  testTimeout: 60_000,
};
