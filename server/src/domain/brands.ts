/** Branded strings: a number is not an id, an id is not a key. Made only by the functions named beside each. */
declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Phone number in international form, digits only, no plus: what the gateway takes. Made by `parsePhoneNumber`. */
export type Msisdn = Brand<string, 'Msisdn'>;
/** Our id of a message (UUID version 7: ordered by time). Made by the `Ids` port or read from a store. */
export type MessageId = Brand<string, 'MessageId'>;
/** Our id of a submission. */
export type SubmissionId = Brand<string, 'SubmissionId'>;
/** The gateway's handle of an accepted submission; digits kept as text. */
export type CampaignId = Brand<string, 'CampaignId'>;
/** Makes a message unique in the database. Made by `dedupeKey`. */
export type DedupeKey = Brand<string, 'DedupeKey'>;
