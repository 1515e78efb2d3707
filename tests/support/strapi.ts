import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createStrapi, type Core } from '@strapi/strapi';
import request from 'supertest';
import type { Container } from '../../server/src/compose';
import { containerOf } from '../../server/src/strapi/container';
import { logFileOf, loggerConfig, recordSecrets } from './test-logs';

/** Order and article types as a shop has them, a plugin config, and where the database is. */
export interface BootOptions {
  readonly plugin?: Record<string, unknown>;
  /** Environment for this instance (SVITSMS_*); restored when it is closed. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder to start in again, with its database; a fresh one when absent. */
  readonly dir?: string;
  /** Strapi's `connection` object; SQLite in the folder when absent. */
  readonly connection?: Record<string, unknown>;
  /** Public address of the site (`server.url`). */
  readonly url?: string;
}

export interface Booted {
  readonly strapi: Core.Strapi;
  readonly container: Container;
  readonly dir: string;
  /** Requests against the running server. */
  readonly http: ReturnType<typeof request>;
  /** Everything that Strapi has logged so far, the access log included. */
  logged(): string;
  /** Stops Strapi and keeps the folder. */
  stop(): Promise<void>;
  /** Stops Strapi and removes the folder. */
  close(): Promise<void>;
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const attributes = {
  order: {
    number: { type: 'string' },
    customerName: { type: 'string' },
    customerPhone: { type: 'string' },
    state: { type: 'enumeration', enum: ['new', 'paid', 'shipped', 'cancelled'], default: 'new' },
    total: { type: 'decimal' },
    secretNote: { type: 'text', private: true },
    customer: { type: 'relation', relation: 'manyToOne', target: 'api::customer.customer' },
  },
  article: {
    title: { type: 'string', pluginOptions: { i18n: { localized: true } } },
    authorPhone: { type: 'string', pluginOptions: { i18n: { localized: false } } },
  },
  customer: { name: { type: 'string' }, phone: { type: 'string' } },
} as const;

const write = (dir: string, file: string, content: string): void => {
  const full = path.join(dir, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, content);
};

const writeType = (dir: string, name: keyof typeof attributes): void => {
  const base = `src/api/${name}`;
  const drafts = name === 'article';
  write(
    dir,
    `${base}/content-types/${name}/schema.json`,
    json({
      kind: 'collectionType',
      collectionName: `${name}s`,
      info: { singularName: name, pluralName: `${name}s`, displayName: name },
      options: { draftAndPublish: drafts },
      ...(drafts ? { pluginOptions: { i18n: { localized: true } } } : {}),
      attributes: attributes[name],
    }),
  );
  for (const [kind, factory] of [
    ['controllers', 'createCoreController'],
    ['services', 'createCoreService'],
    ['routes', 'createCoreRouter'],
  ])
    write(
      dir,
      `${base}/${kind}/${name}.js`,
      `module.exports = require(${JSON.stringify(require.resolve('@strapi/strapi'))}).factories.${factory}('api::${name}.${name}');`,
    );
};

const writeApp = (dir: string, options: BootOptions): void => {
  write(dir, 'package.json', json({ name: 'test-shop', version: '0.0.0', strapi: { uuid: false } }));
  write(
    dir,
    'config/server.js',
    `module.exports = { host: '127.0.0.1', port: 0, ${options.url ? `url: ${json(options.url)}, ` : ''}app: { keys: ['a', 'b'] }, logger: { updates: { enabled: false } } };`,
  );
  write(
    dir,
    'config/admin.js',
    `module.exports = { serveAdminPanel: false, auth: { secret: 's', sessions: {} }, apiToken: { salt: 's' }, transfer: { token: { salt: 's' } }, secrets: { encryptionKey: '0123456789abcdef0123456789abcdef' } };`,
  );
  write(dir, 'config/logger.js', loggerConfig(logFileOf(dir)));
  const connection = options.connection ?? {
    client: 'sqlite',
    connection: { filename: path.join(dir, 'data.db') },
    useNullAsDefault: true,
  };
  write(dir, 'config/database.js', `module.exports = { connection: ${json(connection)} };`);
  write(dir, 'plugin-config.json', json(options.plugin ?? {}));
  // A function, for a second start in this folder finds the module of the first one still loaded.
  write(
    dir,
    'config/plugins.js',
    `module.exports = () => ({ svitsms: { enabled: true, resolve: ${JSON.stringify(path.join(__dirname, 'plugin-src'))}, config: JSON.parse(require('node:fs').readFileSync(${JSON.stringify(path.join(dir, 'plugin-config.json'))}, 'utf8')) }, 'users-permissions': { config: { jwtSecret: 'test' } } });`,
  );
  write(
    dir,
    'config/middlewares.js',
    `module.exports = ['strapi::logger','strapi::errors','strapi::security','strapi::cors','strapi::query','strapi::body','strapi::session','strapi::favicon','strapi::public'];`,
  );
  write(dir, 'src/index.js', 'module.exports = {};');
  mkdirSync(path.join(dir, 'public/uploads'), { recursive: true });
  (['order', 'article', 'customer'] as const).forEach((name) => writeType(dir, name));
};

/** Starts a real Strapi on the plugin's sources. One instance at a time: Strapi keeps a process global. */
export const bootStrapi = async (options: BootOptions = {}): Promise<Booted> => {
  const dir = options.dir ?? mkdtempSync(path.join(tmpdir(), 'svitsms-'));
  writeApp(dir, options);
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('SVITSMS_')) delete process.env[name];
  for (const [name, value] of Object.entries({ STRAPI_TELEMETRY_DISABLED: 'true', ...options.env }))
    if (value !== undefined) process.env[name] = value;
  recordSecrets(process.env);
  const strapi = await createStrapi({ appDir: dir, distDir: dir }).load();
  strapi.server.mount();
  const stop = async (): Promise<void> => {
    await strapi.destroy();
    for (const name of Object.keys(process.env)) if (name.startsWith('SVITSMS_')) delete process.env[name];
    Object.assign(process.env, before);
  };
  return {
    strapi,
    container: containerOf(strapi),
    dir,
    http: request(strapi.server.httpServer),
    logged: () => readFileSync(logFileOf(dir), 'utf8'),
    stop,
    close: async () => {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
