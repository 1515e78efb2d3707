import contentTypes from '../../server/src/strapi/content-types';
import { DEFAULT_TABLES } from '../../server/src/strapi/stores/table-names';
import { expectedColumns, expectedIndexes } from '../support/knex-ledger';

const SCHEMAS = Object.entries(contentTypes).map(([name, { schema }]) => [name, schema] as const);

/** `@strapi/utils` content-types.js, RESERVED_ATTRIBUTE_NAMES, and words whose meaning Strapi's APIs take. */
const RESERVED =
  /^(id|document_id|(created|updated|published)_(at|by|by_id)|entry_id|localizations|meta|locale|status|_*strapi.*)$/;
/** Bytes of a column in an InnoDB index with utf8mb4; Strapi's own document id has 255 characters. */
const bytesOf = (schema: (typeof SCHEMAS)[number][1], column: string): number => {
  if (column === 'document_id') return 255 * 4;
  const attribute = Object.entries(schema.attributes).find(([name]) => toColumn(name) === column)?.[1];
  if (attribute?.type === 'biginteger') return 8;
  if (attribute?.type === 'integer') return 4;
  return (attribute?.columnType?.args[0] ?? 255) * 4;
};
const toColumn = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe.each(SCHEMAS)('content type %s', (name, schema) => {
  it('is hidden, without drafts, in a table of the plugin', () => {
    expect(schema.pluginOptions).toEqual({
      'content-manager': { visible: false },
      'content-type-builder': { visible: false },
    });
    expect(schema.options.draftAndPublish).toBe(false);
    expect(schema.info.singularName).toBe(name);
    expect(schema.collectionName).toMatch(/^svitsms_[a-z]+$/);
    expect(Object.values(DEFAULT_TABLES)).toContain(schema.collectionName);
  });

  it('takes no name that Strapi keeps for itself', () => {
    for (const attribute of Object.keys(schema.attributes)) {
      expect(attribute).toMatch(/^[a-z][A-Za-z]*$/);
      expect(toColumn(attribute)).not.toMatch(RESERVED);
    }
  });

  it('has indexes that every database accepts and schema sync leaves alone', () => {
    for (const index of expectedIndexes(schema)) {
      expect(index.name).toMatch(/^svitsms_/);
      expect(index.name.length).toBeLessThan(60);
      for (const column of index.columns) expect(expectedColumns(schema)).toContain(column);
      // Strapi forgets `id` when it reads an index back, and would build it anew at every change of the site's types.
      expect(index.columns).not.toContain('id');
      const bytes = index.columns.reduce((total, column) => total + bytesOf(schema, column), 0);
      expect(bytes).toBeLessThanOrEqual(3_072);
    }
  });

  it('holds every word of its enumerations', () => {
    for (const attribute of Object.values(schema.attributes))
      if (attribute.type === 'enumeration')
        for (const word of attribute.enum ?? [])
          expect(word.length).toBeLessThanOrEqual(attribute.columnType?.args[0] ?? 0);
  });
});

it('no two indexes share a name, nor two types a table', () => {
  const names = SCHEMAS.flatMap(([, schema]) => expectedIndexes(schema).map((index) => index.name));
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(Object.values(DEFAULT_TABLES)).size).toBe(SCHEMAS.length);
});
