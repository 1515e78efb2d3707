import { randomBytes } from 'node:crypto';
import type { Migration } from './run';

export const SECRET_KEY = 'site.secret';

/** The secret behind every dedupe key. It lives as long as the ledger: another one would make old facts look new. */
export const siteSecret: Migration = {
  id: '0001-site-secret',
  up: async (ledger) => {
    await ledger.settings.ensure(SECRET_KEY, randomBytes(32).toString('base64url'));
  },
};
