import { redact } from './redact';

/**
 * A copy of a foreign error that is safe to keep: name, code and a cleaned message. The original may carry request
 * headers, sockets, addresses with a login in them, or a message quoting the document.
 */
export const safeCause = (error: unknown, secrets: readonly string[]): Error | undefined => {
  if (error === undefined || error === null) return undefined;
  const facts = factsOf(error);
  const copy = new Error(redact(facts.message, secrets));
  copy.name = /^\w{1,60}$/.test(facts.name) ? facts.name : 'Error';
  // The stack of a foreign error begins with its message, and this copy was not thrown anywhere worth knowing.
  copy.stack = `${copy.name}: ${copy.message}`;
  return /^\w{1,60}$/.test(facts.code) ? Object.assign(copy, { code: facts.code }) : copy;
};

/**
 * Name, message and code of whatever was thrown, by its properties: errors of Node's own realm, of DOM style and of other
 * copies of a library are no instances of this realm's Error.
 */
export const factsOf = (error: unknown): { name: string; message: string; code: string } => {
  const text = (key: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  // Node reports failed attempts at several addresses of one name as one error without a message of its own.
  const inner: unknown = typeof error === 'object' && error !== null && 'errors' in error ? error.errors : undefined;
  const joined = Array.isArray(inner) ? inner.map((one) => factsOf(one).message).join('; ') : '';
  const message = typeof error === 'string' ? error : text('message') || joined || 'aborted by the caller';
  return { name: text('name'), message, code: text('code') };
};

/** Every spelling of a pair of credentials that could turn up in foreign text. */
export const secretsOf = (login: string, password: string): string[] => {
  const pair = Buffer.from(`${login}:${password}`).toString('base64');
  const spellings = [pair, password, encodeURIComponent(password), JSON.stringify(password).slice(1, -1), login];
  return [...new Set(spellings)].filter((text) => text !== '');
};
