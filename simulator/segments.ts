/** The alphabet a text is billed in. */
export type SmsEncoding = 'gsm7' | 'ucs2';

export interface SegmentCount {
  readonly encoding: SmsEncoding;
  /** Billable parts, at least 1. */
  readonly segments: number;
}

/** GSM 03.38 basic alphabet, written out by hand: the client counts with a library, and an oracle must not share it. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Written as two septets (escape and the character); a part never splits the pair. */
const EXTENDED = new Set('^{}\\[~]|€\f');

/** Fills parts with characters that must not be split. */
const countParts = (weights: readonly number[], single: number, perPart: number): number => {
  let total = 0;
  for (const weight of weights) total += weight;
  if (total <= single) return 1;
  let parts = 1;
  let used = 0;
  for (const weight of weights) {
    if (used + weight > perPart) {
      parts += 1;
      used = 0;
    }
    used += weight;
  }
  return parts;
};

/** Parts of a text: 160, or 153 each, in Latin; 70, or 67 each, in anything else (protocol notes, section 10). */
export const countSegments = (text: string): SegmentCount => {
  const characters = [...text];
  if (characters.every((character) => BASIC.has(character) || EXTENDED.has(character))) {
    const weights = characters.map((character) => (EXTENDED.has(character) ? 2 : 1));
    return { encoding: 'gsm7', segments: countParts(weights, 160, 153) };
  }
  const weights = characters.map((character) => character.length);
  return { encoding: 'ucs2', segments: countParts(weights, 70, 67) };
};
