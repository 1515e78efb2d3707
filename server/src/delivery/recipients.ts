import { readPath } from '../domain/paths';
import type { Fields, RecipientSource } from '../domain/rule';

/** The numbers a rule names in an entry, as given; a list field yields several, an empty one none. */
export const resolveRecipients = (sources: readonly RecipientSource[], fields: Fields): string[] =>
  sources.flatMap((source) => ('number' in source ? [source.number] : numbersIn(readPath(fields, source.path))));

const numbersIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
};
