import type { Core, UID } from '@strapi/strapi';
import type { Entries } from '../../delivery/ports';
import type { Fields } from '../../domain/rule';

/** `true` or a nested populate, as Strapi's document service takes it. */
interface Populate {
  [attribute: string]: true | { populate: Populate };
}

/** Reads entries through the document service, which joins a transaction that is open. */
export const createEntries = (strapi: Core.Strapi): Entries => ({
  read: async (uid, documentId, { locale, status, paths }) => {
    const populate = populateOf(strapi, uid, paths);
    const contentType = strapi.getModel(uid as UID.Schema);
    if (!contentType) return null;
    const found = await strapi.documents(uid as UID.ContentType).findOne({
      documentId,
      populate: populate as never, // built from the type's own attributes; Strapi's generated types cannot follow a runtime uid
      ...(locale ? { locale } : {}),
      ...(contentType.options?.draftAndPublish ? { status } : {}),
    });
    return found as Fields | null; // an entry is a record of its attributes
  },
});

const RELATIONAL = new Set(['relation', 'component', 'media']);

/** Dotted paths become a nested populate, as far as the schema knows relations, components and media. */
const populateOf = (strapi: Core.Strapi, uid: string, paths: readonly string[]): Populate => {
  const populate: Populate = {};
  for (const path of paths) addPath(strapi, populate, uid, path.split('.'));
  return populate;
};

const addPath = (strapi: Core.Strapi, populate: Populate, uid: string, [head, ...rest]: readonly string[]): void => {
  const attribute = head === undefined ? undefined : attributeOf(strapi, uid, head);
  if (head === undefined || !attribute || !RELATIONAL.has(attribute.type)) return;
  const target = targetOf(attribute);
  const nested = populate[head];
  const inner: Populate = typeof nested === 'object' ? nested.populate : {};
  if (target) addPath(strapi, inner, target, rest);
  populate[head] = Object.keys(inner).length > 0 ? { populate: inner } : true;
};

interface Attribute {
  readonly type: string;
  readonly target?: unknown;
  readonly component?: unknown;
}

const attributeOf = (strapi: Core.Strapi, uid: string, name: string): Attribute | undefined => {
  // Strapi's maps are typed by generated uids; a rule's uid is known only at run time.
  const schema = strapi.getModel(uid as UID.Schema);
  const attributes: Record<string, Attribute> = schema?.attributes ?? {};
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
};

const targetOf = (attribute: Attribute): string | null => {
  if (attribute.type === 'media') return 'plugin::upload.file';
  const target = attribute.target ?? attribute.component;
  return typeof target === 'string' ? target : null;
};
