/** Conversions between domain values and columns, the same for every store (and for the stores in memory of the tests). */

/** PostgreSQL and MySQL hand a bigint over as text. */
export type StoredNumber = number | string;

/** Columns that Strapi keeps in every table; we fill them ourselves because rows do not pass through its services. */
export interface StrapiColumns {
  readonly document_id: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly published_at: Date;
}

export const strapiColumns = (id: string, createdAt: number): StrapiColumns => {
  const at = new Date(whole(createdAt));
  return { document_id: id, created_at: at, updated_at: at, published_at: at };
};

/** Times come from arithmetic with random factors; the columns hold whole milliseconds. */
export const whole = (value: number): number => Math.round(value);
export const wholeOrNull = (value: number | null): number | null => (value === null ? null : whole(value));

export const numberOf = (value: StoredNumber): number => Number(value);
export const numberOrNull = (value: StoredNumber | null): number | null => (value === null ? null : Number(value));

/** PostgreSQL refuses NUL in text. Only a message that was rejected for it can hold one; it must not break its transaction. */
export const storable = (text: string): string =>
  text.includes('\u0000') ? text.replaceAll('\u0000', '\uFFFD') : text;

/** A label's column is 255 characters wide; rejected input (a whole letter instead of a number) may be longer. */
export const labelOf = (value: string): string => {
  const text = storable(value);
  return text.length <= 255 ? text : Array.from(text).slice(0, 255).join('');
};
export const labelOrNull = (value: string | null): string | null => (value === null ? null : labelOf(value));
export const textOrNull = (value: string | null): string | null => (value === null ? null : storable(value));

/** JSON in ASCII: survives a database whose charset knows no Ukrainian, where plain text would fail the owner's write. */
export const asciiJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part)).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What `LIKE` takes literally between two wildcards. Only digits are searched for, so nothing needs escaping. */
export const digitsOf = (search: string): string | null => {
  const digits = search.replaceAll(/[\s()+-]/g, '');
  return /^\d+$/.test(digits) ? digits : null;
};
