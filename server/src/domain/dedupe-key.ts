import { createHmac } from 'node:crypto';
import type { DedupeKey } from './brands';

/** Makes keys that are the same for the same fact and tell nothing to who reads the database. */
export type Keyring = (parts: readonly string[]) => DedupeKey;

/**
 * HMAC-SHA256 under the site's secret: numbers have few digits, so a plain hash of one could be reversed by trying them all.
 * Parts are joined as JSON, so that `["a","b c"]` and `["a b","c"]` differ.
 */
export const createKeyring = (secret: string): Keyring => {
  if (secret.length < 32) throw new Error('The site secret must have at least 32 characters');
  return (parts) =>
    // The only place that makes a DedupeKey.
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url') as DedupeKey;
};

export interface RuleFact {
  readonly ruleKey: string;
  readonly documentId: string;
  /** What happened, e.g. `created` or `changed:state=paid`. */
  readonly transition: string;
  /** What makes it count again: empty, a day, or the intent's id. */
  readonly occurrence: string;
  readonly recipient: string;
}

/** No row id, for publishing re-creates rows; no locale, for a translation is not a new fact. */
export const ruleKeyParts = (fact: RuleFact): readonly string[] => [
  'rule',
  fact.ruleKey,
  fact.documentId,
  fact.transition,
  fact.occurrence,
  fact.recipient,
];
