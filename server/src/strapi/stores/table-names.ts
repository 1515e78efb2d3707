import contentTypes from '../content-types';

/** The tables of the ledger, by what they hold. */
export type TableName = keyof typeof contentTypes;
export type TableNames = Readonly<Record<TableName, string>>;

/** The names Strapi gives to the hidden content types. */
export const DEFAULT_TABLES = Object.fromEntries(
  Object.entries(contentTypes).map(([name, { schema }]) => [name, schema.collectionName]),
) as TableNames; // Object.entries forgets the keys; they are those of contentTypes.
