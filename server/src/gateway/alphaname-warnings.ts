import { MAX_ALPHANAME_LENGTH } from './limits';

/** Names operators keep for themselves; a part of a name is enough for their moderators. */
const OPERATORS = /kyivstar|kievstar|vodafone|lifecell|\bmts\b|\blife\b|ukrtelecom|3mob/i;

/**
 * Doubts about a sender name that the wire can carry: things that mobile operators in Ukraine usually refuse. None of
 * them is certain, so nothing is refused for them here; the gateway's moderators decide.
 *
 * @returns one sentence for each doubt, in English; empty when there is none
 */
export const alphanameWarnings = (name: string): string[] => {
  const warnings: string[] = [];
  const warn = (doubt: boolean, sentence: string): void => {
    if (doubt) warnings.push(sentence);
  };
  warn(name.length < 3, 'Names under 3 characters are usually refused.');
  warn(name.length > MAX_ALPHANAME_LENGTH, `Names over ${MAX_ALPHANAME_LENGTH} characters cannot be sent.`);
  warn(/^[\d\s+()-]+$/.test(name), 'Names made of digits only look like phone numbers and are usually refused.');
  warn(/\s/.test(name), 'Names with blanks are refused by some operators.');
  warn(/[^A-Za-z0-9\s]/.test(name), 'Only Latin letters and digits are accepted by every operator.');
  warn(OPERATORS.test(name), 'Names of mobile operators are kept for the operators themselves.');
  return warnings;
};
