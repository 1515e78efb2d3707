import type { EstimateResponse } from '../../../shared/contracts/messages';
import { estimateCost } from '../domain/cost';
import { parsePhoneNumber } from '../domain/phone-number';
import { measure } from '../domain/segments';
import { findUnsendable, normalizeText } from '../domain/text';
import { MAX_SEGMENTS } from './compose-message';
import type { SendingConfig } from './ports';

/** What a text would cost and whom it would reach, before anything is sent. */
export const estimate = (
  { text, recipients }: { text: string; recipients: readonly string[] },
  sending: SendingConfig,
): EstimateResponse => {
  const normal = normalizeText(text);
  const size = measure(normal);
  const numbers = sortOut(recipients, sending);
  const people = Math.max(1, numbers.valid);
  return {
    encoding: size.encoding,
    characters: size.characters,
    segmentCount: size.segmentCount,
    remaining: size.remaining,
    ucs2Characters: size.ucs2Characters,
    problem: findUnsendable(normal) ?? tooLong(size.segmentCount),
    recipients: numbers,
    cost: estimateCost(size.segmentCount * people, sending.pricePerSegment),
  };
};

const tooLong = (segmentCount: number): EstimateResponse['problem'] =>
  segmentCount > MAX_SEGMENTS
    ? { reason: 'too_long', message: `The text has ${segmentCount} parts; at most ${MAX_SEGMENTS} are sent.` }
    : null;

const sortOut = (recipients: readonly string[], sending: SendingConfig): EstimateResponse['recipients'] => {
  const seen = new Set<string>();
  const bad: EstimateResponse['recipients']['bad'] = [];
  let duplicates = 0;
  for (const to of recipients) {
    const phone = parsePhoneNumber(to, sending.defaultCountry);
    if (!phone.ok) bad.push({ to, message: phone.message });
    else if (seen.has(phone.msisdn)) duplicates++;
    else seen.add(phone.msisdn);
  }
  return { valid: seen.size, duplicates, bad };
};
