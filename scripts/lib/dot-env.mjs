import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PLAYGROUND } from './paths.mjs';

const random = () => randomBytes(24).toString('base64');

/** Writes playground/.env with secrets of its own, once: other secrets later would make stored tokens unreadable. */
export const ensureDotEnv = () => {
  const file = path.join(PLAYGROUND, '.env');
  if (existsSync(file)) return;
  const values = {
    APP_KEYS: `${random()},${random()}`,
    API_TOKEN_SALT: random(),
    ADMIN_JWT_SECRET: random(),
    TRANSFER_TOKEN_SALT: random(),
    ENCRYPTION_KEY: random(),
    JWT_SECRET: random(),
    FLAG_NPS: 'false',
    FLAG_PROMOTE_EE: 'false',
    STRAPI_TELEMETRY_DISABLED: 'true',
  };
  const text = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, text.join(''), { mode: 0o600 });
};
