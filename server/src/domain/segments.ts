import { split } from 'split-sms';
import type { Encoding } from '../../../shared/vocabulary';

/** Room of one segment when nothing is written yet: GSM 03.38, seven bits in 140 octets. */
const EMPTY_REMAINING = 160;

export interface Measure {
  encoding: Encoding;
  /** Characters as people count them: an emoji of one code point is one. */
  characters: number;
  /** Billable parts: 160 then 153 each for GSM-7, 70 then 67 each for UCS-2. */
  segmentCount: number;
  /** Units left in the last segment: septets for GSM-7 (`€` takes two), UTF-16 units for UCS-2 (an emoji takes two). */
  remaining: number;
  /** Each character that forces UCS-2, once, in order of appearance. */
  ucs2Characters: string[];
}

/**
 * Counts the billable segments of a text. This is an estimate by the GSM standard: what the gateway billed is `parts` of its
 * campaign detail. An empty text is no segment at all (libraries say one).
 */
export function measure(text: string): Measure {
  if (text === '') {
    return { encoding: 'gsm7', characters: 0, segmentCount: 0, remaining: EMPTY_REMAINING, ucs2Characters: [] };
  }
  // Half a surrogate pair is refused by `findUnsendable`; counted as the sign a handset would show, it skews nothing here.
  const counted = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  const result = split(counted, { summary: true });
  const encoding = result.characterSet === 'GSM' ? 'gsm7' : 'ucs2';
  return {
    encoding,
    characters: result.length,
    segmentCount: result.parts.length,
    remaining: result.remainingInPart,
    ucs2Characters: encoding === 'gsm7' ? [] : [...new Set(counted)].filter(forcesUcs2),
  };
}

function forcesUcs2(character: string): boolean {
  return split(character, { summary: true }).characterSet === 'Unicode';
}
