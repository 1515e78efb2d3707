import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Ledger } from '../delivery/ports';

/** Who a ledger belongs to, as the database remembers it. */
interface SiteRecord {
  readonly id: string;
  readonly url: string;
  /** Hash of where the database is; a copy lives elsewhere. */
  readonly place: string;
}

const SITE_KEY = 'site';
const CLOSED_KEY = 'site.closed-since';
const COPIED =
  'This database was made by another site, so nothing is sent: a copy must not text that site’s customers. ' +
  'If this is the right site (it moved), confirm it under Settings > SMS.';

export interface SiteGuard {
  /** null: this ledger is ours; otherwise the sentence for the panel. */
  readonly problem: () => string | null;
  /** A person says that this site may send: what waited when it was copied is held, not sent. */
  readonly confirm: () => Promise<void>;
}

/**
 * A copied database must not text people. The same site is recognised by an id kept outside the database (SVITSMS_SITE_ID or a
 * file beside the project); without one, e.g. in a container made anew, by the place of the database and the server's URL.
 */
export const createSiteGuard = async (strapi: Core.Strapi, ledger: Ledger): Promise<SiteGuard> => {
  const file = path.join(strapi.dirs.app.root, '.svitsms', 'site.json');
  const here = { url: configuredUrl(strapi), place: await placeOf(strapi) };
  const kept = process.env['SVITSMS_SITE_ID']?.trim() || (await readId(file));
  const fresh: SiteRecord = { id: kept ?? randomUUID(), ...here };
  const stored = parse(await ledger.settings.ensure(SITE_KEY, JSON.stringify(fresh)));
  let ours = isOurs(stored, kept, here);
  if (ours && stored) {
    if (kept === null) await keepId(file, stored.id, strapi);
    if (stored.place !== here.place || stored.url !== here.url)
      await ledger.settings.put(SITE_KEY, JSON.stringify({ id: stored.id, ...here }));
  }
  // What this site itself recorded since then is its own and goes out after the confirmation.
  if (!ours) await ledger.settings.ensure(`${CLOSED_KEY}:${here.place}:${here.url}`, String(Date.now()));
  return {
    problem: () => (ours ? null : COPIED),
    confirm: async () => {
      const record: SiteRecord = { id: randomUUID(), ...here };
      const since = Number(await ledger.settings.get(`${CLOSED_KEY}:${here.place}:${here.url}`)) || Date.now();
      await ledger.transaction(async (inside) => {
        await inside.messages.holdWaiting('It waited in the database that this one was copied from.', since);
        await inside.intents.breakPending('It was recorded in the database that this one was copied from.', since);
        await inside.settings.put(
          SITE_KEY,
          JSON.stringify({ ...record, id: process.env['SVITSMS_SITE_ID'] ?? record.id }),
        );
      });
      await keepId(file, record.id, strapi);
      ours = true;
    },
  };
};

const isOurs = (stored: SiteRecord | null, kept: string | null, here: Omit<SiteRecord, 'id'>): boolean => {
  if (!stored) return false;
  // Two addresses that are both set and differ are two sites, even when a whole folder was copied.
  const sameUrl = stored.url === here.url || stored.url === '' || here.url === '';
  // The very database of that very server: it was not copied, whatever folder we run in.
  if (stored.place === here.place && here.place.startsWith(CERTAIN)) return sameUrl;
  if (kept !== null) return kept === stored.id && sameUrl;
  return stored.place === here.place && stored.url === here.url;
};

const configuredUrl = (strapi: Core.Strapi): string => {
  const url: unknown = strapi.config.get('server.url');
  return typeof url === 'string' && /^https?:/.test(url) ? url : '';
};

/** Marks a place that no copy can have. A path or an address can be the same on two machines. */
const CERTAIN = 'server:';

/** The server's own identity where it tells (a restored dump has another), else the address; the path for SQLite. */
const placeOf = async (strapi: Core.Strapi): Promise<string> => {
  const identity = await serverIdentity(strapi);
  if (identity) return `${CERTAIN}${hash(identity)}`;
  const { client, connection } = strapi.db.config.connection;
  // Strapi's connection settings differ by client; only these few names are read.
  const settings: Record<string, unknown> =
    typeof connection === 'object' && connection !== null ? { ...connection } : {};
  const address = ['filename', 'host', 'port', 'database', 'connectionString'].map((name) => settings[name] ?? null);
  return `address:${hash([client, ...address])}`;
};

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** MySQL and MariaDB name it differently. */
const IDENTITY_SQL: Readonly<Record<string, readonly string[]>> = {
  postgres: [`select system_identifier::text || '/' || current_database() as identity from pg_control_system()`],
  mysql: [
    `select concat(@@server_uuid, '/', database()) as identity`,
    `select concat(@@server_uid, '/', database()) as identity`,
  ],
};

const serverIdentity = async (strapi: Core.Strapi): Promise<string | null> => {
  for (const sql of IDENTITY_SQL[strapi.db.dialect.client] ?? [])
    try {
      const answer: unknown = await strapi.db.connection.raw(sql);
      const identity = /"identity":"([^"]+)"/.exec(JSON.stringify(answer))?.[1];
      if (identity) return identity;
    } catch {
      // Not this brand, or the host forbids it: the next one, and in the end the address, has to do.
    }
  return null;
};

const parse = (text: string): SiteRecord | null => {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return null;
  const { id, url, place } = { id: '', url: '', place: '', ...value };
  return { id: String(id), url: String(url), place: String(place) };
};

const readId = async (file: string): Promise<string | null> => {
  try {
    return parse(await readFile(file, 'utf8'))?.id || null;
  } catch {
    // No file, or one that cannot be read: the other evidence decides.
    return null;
  }
};

const keepId = async (file: string, id: string, strapi: Core.Strapi): Promise<void> => {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    // The id must not travel with the code: a clone of the repository is another site.
    await writeFile(path.join(path.dirname(file), '.gitignore'), '*\n');
    await writeFile(file, `${JSON.stringify({ id })}\n`);
  } catch {
    strapi.log.warn('[svitsms] The site id could not be written beside the project; set SVITSMS_SITE_ID instead');
  }
};
