/** A piece of a text; `offending` pieces are the characters that force the short alphabet. */
export interface Piece {
  text: string;
  offending: boolean;
}

/** Above this share of the text the language itself is the cause, and pointing at single letters would only be noise. */
const FEW = 0.2;

/** Pointing at characters helps when a few strays, such as a curly apostrophe, spoil a Latin text. */
export const areFew = (text: string, ucs2Characters: readonly string[]): boolean => {
  const characters = [...text];
  if (ucs2Characters.length === 0 || characters.length === 0) return false;
  const strays = new Set(ucs2Characters);
  return characters.filter((character) => strays.has(character)).length / characters.length <= FEW;
};

/** The text cut into runs of good and offending characters; joined together they give the text again. */
export const markOffenders = (text: string, ucs2Characters: readonly string[]): Piece[] => {
  const strays = new Set(areFew(text, ucs2Characters) ? ucs2Characters : []);
  const pieces: Piece[] = [];
  for (const character of text) {
    const offending = strays.has(character);
    const last = pieces[pieces.length - 1];
    if (last && last.offending === offending) last.text += character;
    else pieces.push({ text: character, offending });
  }
  return pieces;
};
