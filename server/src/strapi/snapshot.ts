import type { Core, UID } from '@strapi/strapi';
import type { DocumentSide, Fields, Rule } from '../domain/rule';
import { isBeforePath, pathsOf } from '../delivery/live-fields';
import { createEntries } from './adapters/entries';

/** A side of a write with the locale it speaks of. */
export interface Side extends DocumentSide {
  readonly locale: string | null;
}

export const NOTHING: Side = {
  draft: null,
  published: null,
  existsInAnyLocale: false,
  publishedInAnyLocale: false,
  locale: null,
};

interface Row {
  readonly locale?: string | null;
  readonly publishedAt?: unknown;
  readonly [field: string]: unknown;
}

/** Asked in every watched save: `strapi.contentTypes` would copy all schemas of the site each time (0.1 ms). */
export const hasDrafts = (strapi: Core.Strapi, uid: string): boolean =>
  strapi.getModel(uid as UID.Schema)?.options?.draftAndPublish === true;

/**
 * All versions of a document in the transaction that is open: scalars only, plus, for rules about entries that go away, the
 * relations they name.
 */
export const readSide = async (
  strapi: Core.Strapi,
  uid: string,
  documentId: string,
  locale: string | null,
  withRelations: readonly Rule[],
): Promise<Side> => {
  // A rule's uid is checked at start-up; Strapi's generated types cannot know it.
  const rows: Row[] = await strapi.db.query(uid).findMany({ where: { documentId } });
  if (rows.length === 0) return NOTHING;
  const drafts = hasDrafts(strapi, uid);
  const picked = await pickLocale(strapi, rows, locale);
  const own = rows.filter((row) => (row.locale ?? null) === picked);
  const relations = await readRelations(strapi, uid, documentId, picked, withRelations);
  const find = (published: boolean): Fields | null => {
    const row = own.find((candidate) => Boolean(candidate.publishedAt) === published);
    return row ? { ...relations, ...row } : null;
  };
  return {
    // Without drafts there is one row, and it is public whatever `publishedAt` says.
    draft: drafts ? find(false) : null,
    published: drafts ? find(true) : own[0] ? { ...relations, ...own[0] } : null,
    existsInAnyLocale: true,
    publishedInAnyLocale: drafts ? rows.some((row) => Boolean(row.publishedAt)) : true,
    locale: picked,
  };
};

/**
 * The translation a write is about, also when there is no such row (any more): another one in its place would look like a
 * change. Without a word about it, Strapi means the site's default language.
 */
const pickLocale = async (strapi: Core.Strapi, rows: readonly Row[], wanted: string | null): Promise<string | null> => {
  const locales = [...new Set(rows.map((row) => row.locale ?? null))];
  const [only = null] = locales;
  if (only === null) return null; // a type without translations, whatever was asked for
  if (wanted !== null || locales.length === 1) return wanted ?? only;
  const usual: unknown = await strapi.plugin('i18n').service('locales').getDefaultLocale();
  return locales.find((locale) => locale === usual) ?? only;
};

const readRelations = async (
  strapi: Core.Strapi,
  uid: string,
  documentId: string,
  locale: string | null,
  rules: readonly Rule[],
): Promise<Fields> => {
  const paths = rules.flatMap(pathsOf).filter((path) => !isBeforePath(path));
  if (paths.length === 0) return {};
  const watch = rules.some((rule) => rule.watch === 'draft') ? 'draft' : 'published';
  return (await createEntries(strapi).read(uid, documentId, { locale, status: watch, paths })) ?? {};
};
