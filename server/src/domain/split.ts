import type { SubmitResult } from './outcome';

/** The part of a message that a refusal can be about. */
export interface Refusable {
  readonly to: string;
  readonly text: string;
}

/**
 * The parts in which a refused campaign is tried again, so that one bad number or one bad text does not cost the others
 * theirs; empty when the refusal concerns all of them alike. Those with a stop word that the gateway names go apart from the
 * others, everything else is halved: one offender among n costs about 2 log2 n requests, and none has more than 2n.
 *
 * Only a clear no to the content may be tried again: the gateway said that it took nothing of the request, or the request
 * never left. A refusal of the request as such (its form, an HTTP status) would be the same for every part.
 */
export const partsOfRefused = <M extends Refusable>(result: SubmitResult, members: readonly M[]): M[][] => {
  if (result.kind !== 'refused' || result.scope !== 'message' || members.length < 2) return [];
  if (result.fault !== 'refused' && result.fault !== 'invalid') return [];
  if (result.reason !== 'refused_phone' && members.every(({ text }) => text === members[0]?.text)) return [];
  const named = members.filter(({ text }) => hasOneOf(text, result.stopWords ?? []));
  if (named.length > 0 && named.length < members.length)
    return [named, members.filter((member) => !named.includes(member))];
  const middle = Math.ceil(members.length / 2);
  return [members.slice(0, middle), members.slice(middle)];
};

const hasOneOf = (text: string, words: readonly string[]): boolean => {
  const lower = text.toLocaleLowerCase('uk');
  return words.some((word) => lower.includes(word.toLocaleLowerCase('uk')));
};
