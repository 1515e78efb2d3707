export type AlphanameResult =
  { ok: true; warnings: string[] } | { ok: false; reason: 'bad_alphaname'; message: string };

/** The longest sender name GSM can carry. */
export const MAX_ALPHANAME = 11;

/** Moderators refuse names of Ukrainian operators and their brands to everyone else. Compared without case and signs. */
const OPERATORS =
  /^(kyivstar|kievstar|djuice|vodafone|vodafoneua|mts|mtsukraine|lifecell|life|astelit|trimob|3mob|intertelecom|peoplenet|ukrtelecom|lycamobile|yezzz|beeline|moby)$/;

/** Names that tell nobody who is writing; moderators return them. */
const GENERIC =
  /^(sms|info|infocentr|infocenter|test|shop|store|market|magazin|sale|sales|bank|admin|service|support|alert|message|notice|news|order|orders|delivery|company|ukraine|client|manager|office|taxi|promo|action)$/;

/**
 * Checks a sender name before it goes anywhere. Refused is only what the gateway cannot carry (empty, over 11 characters,
 * not printable ASCII); what its moderators usually return is a warning, because accounts with such names do exist.
 */
export function checkAlphaname(name: string): AlphanameResult {
  if (name.trim() === '') return bad('Sender name is empty: give 3 to 11 Latin letters or digits');
  if (!/^[\x20-\x7e]*$/.test(name)) {
    return bad('Sender name has characters other than Latin letters, digits and signs: write it in Latin letters');
  }
  if (name.length > MAX_ALPHANAME) {
    return bad(`Sender name has ${name.length} characters: shorten it to ${MAX_ALPHANAME}`);
  }
  return { ok: true, warnings: doubts(name) };
}

function doubts(name: string): string[] {
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const warnings: string[] = [];
  if (name.length < 3) warnings.push('Sender name is shorter than 3 characters: moderators usually ask for 3 to 11');
  if (/^\d+$/.test(bare)) {
    warnings.push('Sender name looks like a phone or short number: moderators refuse those, use letters');
  }
  if (/[^A-Za-z0-9]/.test(name)) {
    warnings.push('Sender name has spaces or punctuation: some operators pass only Latin letters and digits');
  }
  if (OPERATORS.test(bare)) {
    warnings.push('Sender name is that of a mobile operator: moderators refuse it to everyone else');
  }
  if (GENERIC.test(bare)) {
    warnings.push('Sender name is a generic word: moderators ask for the name of a brand, company or site');
  }
  return warnings;
}

function bad(message: string): AlphanameResult {
  return { ok: false, reason: 'bad_alphaname', message };
}
