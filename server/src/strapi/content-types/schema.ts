/**
 * How a hidden content type of the ledger is described. The tables belong to Strapi's schema sync, the rows to our stores.
 * A column added after the first release must be nullable: schema sync adds it to tables that already hold rows.
 */

/** Settings of a column that Strapi's schema sync understands beyond the documented ones (`@strapi/database` schema.js). */
export interface Attribute {
  readonly type: 'string' | 'text' | 'integer' | 'biginteger' | 'enumeration';
  readonly enum?: string[];
  readonly columnType?: { readonly type: 'string'; readonly args: [number] };
  readonly column?: { readonly notNullable: true };
}

/**
 * A real database index; Strapi's own `unique: true` is only a validation (strapi-facts: Unique). Never name the column `id`:
 * Strapi leaves it out when it reads the indexes of PostgreSQL and MySQL (`@strapi/database` schema-inspector.js), takes the
 * index for a changed one and builds it anew whenever any content type of the site changes.
 */
export interface Index {
  readonly name: string;
  readonly columns: string[];
  readonly type?: 'unique';
}

export interface LedgerSchema {
  readonly kind: 'collectionType';
  readonly collectionName: string;
  readonly info: {
    readonly singularName: string;
    readonly pluralName: string;
    readonly displayName: string;
    readonly description: string;
  };
  readonly options: { readonly draftAndPublish: false };
  readonly pluginOptions: Record<'content-manager' | 'content-type-builder', { readonly visible: false }>;
  readonly attributes: Record<string, Attribute>;
  readonly indexes: Index[];
}

type Optionality = 'required' | 'optional';
const nullability = (optionality: Optionality): Pick<Attribute, 'column'> =>
  optionality === 'required' ? { column: { notNullable: true } } : {};

/**
 * Text that takes part in an index. The length is in characters: MariaDB allows 3072 bytes for a whole index, and a
 * character of utf8mb4 counts as four of them.
 */
export const short = (length: number, optionality: Optionality = 'required'): Attribute => ({
  type: 'string',
  columnType: { type: 'string', args: [length] },
  ...nullability(optionality),
});

/** Text of at most 255 characters that no index needs. */
export const label = (optionality: Optionality = 'optional'): Attribute => ({
  type: 'string',
  ...nullability(optionality),
});

/** Text of any length. */
export const long = (optionality: Optionality = 'optional'): Attribute => ({
  type: 'text',
  ...nullability(optionality),
});

/** One word of the vocabulary. */
export const choice = (words: readonly string[], optionality: Optionality = 'required'): Attribute => ({
  type: 'enumeration',
  enum: [...words],
  columnType: { type: 'string', args: [40] },
  ...nullability(optionality),
});

/** Epoch milliseconds: beyond 32 bits since 1970. */
export const epoch = (optionality: Optionality = 'required'): Attribute => ({
  type: 'biginteger',
  ...nullability(optionality),
});

export const count = (): Attribute => ({ type: 'integer', ...nullability('required') });

/** Length of our ids (UUID: 36) with room for others' generators. */
export const ID_LENGTH = 64;
/** Length of names that owners choose: rule keys, document ids. */
export const NAME_LENGTH = 191;
/** Length of an account's key. */
export const ACCOUNT_LENGTH = 128;

/** Describes one hidden type; index names get the prefix of the table, so they are unique in a PostgreSQL schema. */
export const ledgerType = (
  singularName: string,
  pluralName: string,
  description: string,
  attributes: Record<string, Attribute>,
  indexes: { readonly unique?: Record<string, string[]>; readonly plain?: Record<string, string[]> },
): LedgerSchema => ({
  kind: 'collectionType',
  collectionName: `svitsms_${pluralName}`,
  info: { singularName, pluralName, displayName: `SvitSMS ${singularName}`, description },
  options: { draftAndPublish: false },
  pluginOptions: { 'content-manager': { visible: false }, 'content-type-builder': { visible: false } },
  attributes,
  indexes: [
    // Our ids live in Strapi's own column; its index on it is not unique.
    { name: `svitsms_${pluralName}_document_id_uq`, columns: ['document_id'], type: 'unique' },
    ...Object.entries(indexes.unique ?? {}).map(([name, columns]): Index => ({
      name: `svitsms_${pluralName}_${name}_uq`,
      columns,
      type: 'unique',
    })),
    ...Object.entries(indexes.plain ?? {}).map(([name, columns]): Index => ({
      name: `svitsms_${pluralName}_${name}_ix`,
      columns,
    })),
  ],
});
