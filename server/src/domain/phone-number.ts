import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { MASK } from '../../../shared/vocabulary';
import type { Msisdn } from './brands';

export type PhoneNumberResult = { ok: true; msisdn: Msisdn } | { ok: false; reason: 'bad_phone'; message: string };

/** Longer than any written number with an extension; keeps a pasted document away from the parser. */
const MAX_INPUT = 80;

/** Copying from a web page or a messenger brings invisible direction marks, which are no part of a number. */
const INVISIBLE = /\p{Cf}/gu;

/** Old Ukrainian trunk prefix 8 before 0: `8 067 123-45-67`. The library knows only the present prefix 0. */
const OLD_TRUNK = /^80(\d{9})$/;

const FORMATTING = /[\s()./-]/g;

/**
 * Reads a number as people write it and gives what the gateway takes: digits of the international form, no plus.
 * Numbers without a plus are read as `defaultCountry`'s own. A foreign number needs its plus: guessing a country from bare
 * digits would turn a typing mistake into an SMS to a stranger. Numbers that cannot receive SMS are refused.
 * The message names the fault and the cure and never repeats the number.
 */
export function parsePhoneNumber(input: string, defaultCountry: CountryCode = 'UA'): PhoneNumberResult {
  const written = input.replace(INVISIBLE, '').trim().replace(/^tel:/i, '');
  if (written === '') return bad('Phone number is empty: give it as +380 and nine digits');
  if (written.length > MAX_INPUT) return bad('Phone number is too long: give one number as +380 and nine digits');

  const number = read(written, defaultCountry) ?? readOldTrunk(written, defaultCountry);
  if (number === undefined) return bad(whyUnreadable(written, defaultCountry));
  if (number.ext !== undefined) {
    return bad('Phone number has an extension, and SMS cannot reach an extension: give a mobile number without it');
  }
  if (!canReceiveSms(number)) {
    return bad('Phone number is not a mobile one and cannot receive SMS: give a mobile number');
  }
  return { ok: true, msisdn: number.number.slice(1) as Msisdn }; // E.164 without its plus is what the brand means
}

/** Hides a number for people without `messages.read-text`: `380•••67`. Anything too short to hide in is hidden whole. */
export function maskPhone(value: string): string {
  const digits = value.replace(/\D/g, '');
  return digits.length < 8 ? MASK : `${digits.slice(0, 3)}${MASK}${digits.slice(-2)}`;
}

/** Pretty print for a text: `+380 67 123 4567`. A value that is no valid number comes back as it was. */
export function formatPhone(value: string): string {
  const number = read(value.trim(), 'UA');
  return number !== undefined && number.ext === undefined ? number.formatInternational() : value;
}

/** Only a number that exists: the library also gives impossible ones back. */
function read(text: string, defaultCountry: CountryCode): PhoneNumber | undefined {
  const number = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
  return number?.isValid() === true ? number : undefined;
}

function readOldTrunk(text: string, defaultCountry: CountryCode): PhoneNumber | undefined {
  const subscriber = OLD_TRUNK.exec(text.replace(FORMATTING, ''))?.[1];
  if (defaultCountry !== 'UA' || subscriber === undefined) return undefined;
  const number = read(`0${subscriber}`, 'UA');
  return number?.getType() === 'MOBILE' ? number : undefined;
}

function canReceiveSms(number: PhoneNumber): boolean {
  const type = number.getType();
  // Some countries publish no number types: there a valid number is all that can be known.
  return type === undefined || type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}

function whyUnreadable(text: string, defaultCountry: CountryCode): string {
  switch (validatePhoneNumberLength(text, defaultCountry)) {
    case 'TOO_SHORT':
      return 'Phone number has too few digits: give it as +380 and nine digits';
    case 'TOO_LONG':
      return 'Phone number has too many digits: give one number, a foreign one with + and its country code';
    case 'NOT_A_NUMBER':
      return 'Phone number holds something besides a number: give digits only, as +380 and nine digits';
    case 'INVALID_COUNTRY':
      return 'Phone number has an unknown country code: give it as +380 and nine digits';
    case 'INVALID_LENGTH':
    case undefined:
      return 'Phone number does not exist in its country: check the operator code and the digits';
  }
}

function bad(message: string): PhoneNumberResult {
  return { ok: false, reason: 'bad_phone', message };
}
