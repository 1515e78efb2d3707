/**
 * The crash proof: processes killed, databases restarted, gateways that misbehave. Needs PostgreSQL and MySQL or MariaDB.
 * `KILLS=500 npm run test:crash` is the long run, `SEED=7` repeats one.
 */
const base = require('./jest.config.js');

module.exports = {
  ...base,
  testMatch: ['<rootDir>/tests/crash/**/*.crash.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Children and simulators share the few cores: two suites at once would only slow each other down.
  maxWorkers: 1,
  testTimeout: 120_000,
};
