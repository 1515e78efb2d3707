import { MAX_GATEWAY_TEXT_LENGTH } from './limits';

/** Any run of this many digits, with the separators people put in phone numbers, may be a subscriber. */
const DIGITS = /\+?\d(?:[\s().-]{0,2}\d){6,}/g;

/**
 * Text from outside made safe to keep on an error: white space collapsed (the gateway breaks its sentences at random),
 * secrets and anything that looks like a phone number blotted out, length bounded.
 *
 * @param text what the gateway, a proxy or a library said
 * @param secrets login, password and their encoded forms
 */
export const redact = (text: string, secrets: readonly string[] = []): string => {
  // A bounded slice first: redaction of a hostile megabyte would cost more than the call it describes.
  let safe = text.slice(0, MAX_GATEWAY_TEXT_LENGTH * 4);
  for (const secret of secrets) if (secret !== '') safe = safe.split(secret).join('•••');
  safe = safe
    .replace(DIGITS, (run) => (isDateOrAddress(run) ? run : '•••'))
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return safe.length > MAX_GATEWAY_TEXT_LENGTH ? `${safe.slice(0, MAX_GATEWAY_TEXT_LENGTH - 1)}…` : safe;
};

/** Dates and IPv4 addresses are evidence, not people. */
const isDateOrAddress = (run: string): boolean =>
  /^\d{4}-\d{2}-\d{2}( \d{2})?$/.test(run) || /^(\d{1,3}\.){3}\d{1,3}$/.test(run);
