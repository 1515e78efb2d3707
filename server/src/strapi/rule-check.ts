import type { Core } from '@strapi/strapi';
import { isBeforePath, pathsOf } from '../delivery/live-fields';
import type { Rule } from '../domain/rule';
import { ConfigError } from './config';

interface Attribute {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly target?: unknown;
  readonly component?: unknown;
  readonly relation?: unknown;
  readonly repeatable?: unknown;
}

interface Schema {
  readonly uid: string;
  readonly options?: { readonly draftAndPublish?: boolean };
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Values that a change is not seen in: they are other rows, or lists and objects without a text of their own. */
const NOT_PLAIN = new Set(['relation', 'component', 'dynamiczone', 'media', 'json', 'blocks']);
/** Every entry has these two, though no schema lists them. */
const OF_EVERY_ENTRY = new Set(['id', 'documentId']);

/**
 * A rule on a type, field or value that does not exist would stay silent for ever: better not to start.
 * @throws ConfigError naming the rule and the setting
 */
export const checkRules = (strapi: Core.Strapi, rules: readonly Rule[]): void => {
  for (const rule of rules) {
    const fault = (setting: string, message: string): ConfigError =>
      new ConfigError(`config/plugins: rule "${rule.key}", ${setting}: ${message}`);
    const type = schemaOf(strapi, rule.uid);
    if (!type) throw fault('uid', `there is no content-type ${rule.uid}`);
    if (rule.event === 'unpublished' && !type.options?.draftAndPublish)
      throw fault('event', `${rule.uid} has no drafts, so nothing there is ever unpublished`);
    checkField(rule, type, fault);
    for (const path of pathsOf(rule)) {
      const wanted = isBeforePath(path) ? path.slice('before.'.length) : path;
      const unknown = wanted === '' || path === 'before' ? null : unknownIn(strapi, type, wanted.split('.'));
      if (unknown) throw fault(settingOf(rule, path), unknown);
    }
  }
};

type FaultOf = (setting: string, message: string) => ConfigError;

const checkField = (rule: Rule, type: Schema, fault: FaultOf): void => {
  if (!rule.field) return;
  const attribute = attributeOf(type, rule.field);
  if (!attribute) throw fault('field', `${rule.uid} has no field "${rule.field}"`);
  if (NOT_PLAIN.has(attribute.type))
    throw fault('field', `"${rule.field}" is of type ${attribute.type}; only fields with one plain value are watched`);
  if (!attribute.enum) return;
  const settings = { fromValues: rule.from, toValues: rule.to };
  for (const [setting, values] of Object.entries(settings))
    for (const value of values ?? [])
      // An empty text stands for a field without a value.
      if (value !== '' && !attribute.enum.includes(value))
        throw fault(setting, `"${rule.field}" is never "${value}"; it is one of ${attribute.enum.join(', ')}`);
};

const settingOf = (rule: Rule, path: string): string =>
  rule.recipients.some((source) => 'path' in source && source.path === path) ? 'to' : 'text or condition';

const attributeOf = ({ attributes }: Schema, name: string): Attribute | null =>
  Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null;

/** What is wrong with a path, as far as the schemas tell; lists, JSON and dynamic zones may hold anything. */
const unknownIn = (strapi: Core.Strapi, schema: Schema, [head, ...rest]: readonly string[]): string | null => {
  if (head === undefined || OF_EVERY_ENTRY.has(head)) return null;
  const attribute = attributeOf(schema, head);
  if (!attribute) return `${schema.uid} has no field "${head}"`;
  if (rest.length === 0 || attribute.repeatable === true || /Many$/.test(String(attribute.relation))) return null;
  const next = targetOf(strapi, attribute);
  if (next) return unknownIn(strapi, next, rest);
  return NOT_PLAIN.has(attribute.type) ? null : `"${head}" of ${schema.uid} has no parts such as "${rest.join('.')}"`;
};

const targetOf = (strapi: Core.Strapi, { type, target, component }: Attribute): Schema | null =>
  schemaOf(strapi, type === 'media' ? 'plugin::upload.file' : String(target ?? component));

const schemaOf = (strapi: Core.Strapi, uid: string): Schema | null => {
  // Strapi's maps are typed by generated uids; a rule's uid is known only at run time.
  const schemas: Readonly<Record<string, Schema>> = { ...strapi.contentTypes, ...strapi.components } as never;
  return Object.hasOwn(schemas, uid) ? (schemas[uid] ?? null) : null;
};
