/** Rules that the gateway enforces; a name that breaks one is not sent to it. */
export const ALPHANAME_RULES = ['length', 'latin'] as const;
export type AlphanameRule = (typeof ALPHANAME_RULES)[number];

/** What moderators usually return; a person may still try. */
export const ALPHANAME_WARNINGS = ['short', 'digits', 'punctuation', 'generic', 'operator'] as const;
export type AlphanameWarning = (typeof ALPHANAME_WARNINGS)[number];

/** The longest sender name GSM can carry. */
export const ALPHANAME_MAX = 11;

/*
 * The server judges again, with the same rules and in English (server/src/domain/alphaname.ts); these are for the person's
 * language and for every letter typed. A test holds the two together.
 */
const GENERIC =
  /^(sms|info|infocentr|infocenter|test|shop|store|market|magazin|sale|sales|bank|admin|service|support|alert|message|notice|news|order|orders|delivery|company|ukraine|client|manager|office|taxi|promo|action)$/;
const OPERATORS =
  /^(kyivstar|kievstar|djuice|vodafone|vodafoneua|mts|mtsukraine|lifecell|life|astelit|trimob|3mob|intertelecom|peoplenet|ukrtelecom|lycamobile|yezzz|beeline|moby)$/;

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const WARNING_CHECKS: Readonly<Record<AlphanameWarning, (name: string) => boolean>> = {
  short: (name) => name.length > 0 && name.length < 3,
  digits: (name) => /^\d+$/.test(bare(name)),
  punctuation: (name) => /[^A-Za-z0-9]/.test(name),
  generic: (name) => GENERIC.test(bare(name)),
  operator: (name) => OPERATORS.test(bare(name)),
};

export interface AlphanameVerdict {
  /** Kept and broken rules, for a live checklist. */
  rules: Readonly<Record<AlphanameRule, boolean>>;
  warnings: AlphanameWarning[];
  ok: boolean;
}

/** Judges a sender name as it is typed. */
export const judgeAlphaname = (name: string): AlphanameVerdict => {
  const rules = {
    length: name.trim().length >= 1 && name.length <= ALPHANAME_MAX,
    // Printable ASCII: live accounts hold names with spaces, dots and hyphens, so those are warned about, not refused.
    latin: /^[\x20-\x7e]*$/.test(name),
  };
  const ok = Object.values(rules).every(Boolean);
  // A name that cannot be sent at all needs no doubts about moderators.
  return { rules, warnings: ok ? ALPHANAME_WARNINGS.filter((warning) => WARNING_CHECKS[warning](name)) : [], ok };
};
