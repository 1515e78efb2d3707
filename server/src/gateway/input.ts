import { invalid, type GatewayOperation } from './errors';
import { isWritable } from './kyiv-time';
import {
  MAX_ALPHANAME_LENGTH,
  MAX_DESCRIPTION_LENGTH,
  MAX_ID_LENGTH,
  MAX_TEXT_LENGTH,
  RECIPIENT_DIGITS,
} from './limits';
import { isXmlText } from './xml/write';

/**
 * Checks of what callers pass in. All of them run before anything is sent, name the argument and its cure, and never
 * quote the value: it may be a phone number or the text of an SMS.
 */

/** Digits of a number without the plus. Returns it as the gateway wants it. */
export const checkRecipient = (field: string, value: unknown, operation: GatewayOperation): string => {
  const digits = typeof value === 'string' ? value.replace(/^\+/, '') : '';
  if (!/^\d+$/.test(digits) || digits.length < RECIPIENT_DIGITS.min || digits.length > RECIPIENT_DIGITS.max)
    throw invalid(field, `must be a phone number in international form, ${RECIPIENT_DIGITS.min} to ${RECIPIENT_DIGITS.max} digits like 380XXXXXXXXX`, operation); // prettier-ignore
  return digits;
};

/** Text of an SMS with line breaks as LF, the only form that means the same to every XML reader and handset. */
export const checkText = (field: string, value: unknown, operation: GatewayOperation): string => {
  if (typeof value !== 'string' || value.trim() === '')
    throw invalid(field, 'must not be empty; write a text', operation);
  const text = value.replace(/\r\n?/g, '\n');
  if (text.length > MAX_TEXT_LENGTH)
    throw invalid(field, `must not be longer than ${MAX_TEXT_LENGTH} characters; shorten it`, operation);
  if (!isXmlText(text))
    throw invalid(field, 'contains an invisible character that cannot be sent; type it anew', operation);
  return text;
};

/** A sender name the wire can carry. Whether the account may use it, only the gateway knows; see `alphanameWarnings`. */
export const checkAlphaname = (field: string, value: unknown, operation: GatewayOperation): string => {
  if (typeof value !== 'string' || value.trim() === '')
    throw invalid(field, 'must not be empty; enter a sender name', operation);
  if (value.length > MAX_ALPHANAME_LENGTH)
    throw invalid(
      field,
      `must not be longer than ${MAX_ALPHANAME_LENGTH} characters; shorten the sender name`,
      operation,
    );
  if (!/^[\x20-\x7e]+$/.test(value))
    throw invalid(field, 'must consist of Latin letters, digits and simple signs; other letters cannot be a sender name', operation); // prettier-ignore
  return value;
};

/** Label shown in the gateway's web cabinet only; may be empty. */
export const checkDescription = (value: unknown, operation: GatewayOperation): string => {
  if (value === undefined) return '';
  if (typeof value !== 'string' || value.length > MAX_DESCRIPTION_LENGTH)
    throw invalid(
      'description',
      `must be a text of at most ${MAX_DESCRIPTION_LENGTH} characters; shorten it`,
      operation,
    );
  if (!isXmlText(value)) throw invalid('description', 'contains an invisible character that cannot be sent; type it anew', operation); // prettier-ignore
  return value.replace(/\r\n?/g, '\n');
};

/** A campaign id as the gateway gave it. It stays text: it is a name, not a number. */
export const checkCampaignId = (value: unknown, operation: GatewayOperation): string => {
  if (typeof value !== 'string' || !isId(value))
    throw invalid('campaignId', 'must be the id the gateway gave on acceptance, as text', operation);
  return value;
};

/** Visible ASCII without blanks, within the length limit. */
export const isId = (value: string): boolean => /^[\x21-\x7e]+$/.test(value) && value.length <= MAX_ID_LENGTH;

export const checkWholeNumber = (
  field: string,
  value: unknown,
  range: { readonly min: number; readonly max: number; readonly default: number },
  operation: GatewayOperation,
): number => {
  if (value === undefined) return range.default;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < range.min || value > range.max)
    throw invalid(field, `must be a whole number from ${range.min} to ${range.max}`, operation);
  return value;
};

export const checkInstant = (field: string, value: unknown, operation: GatewayOperation): Date | undefined => {
  if (value === undefined) return undefined;
  if (!(value instanceof Date) || !isWritable(value)) throw invalid(field, 'must be a valid Date', operation);
  return value;
};
