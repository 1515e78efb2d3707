import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import en from '../../admin/src/translations/en.json';
import uk from '../../admin/src/translations/uk.json';
import { GATEWAY_WORDS } from '../../admin/src/lib/gateway-words';
import { prefixed } from '../../admin/src/lib/prefixed';
import {
  ALPHANAME_STATES,
  DECISION_OUTCOMES,
  ENCODINGS,
  FAULT_KINDS,
  LANES,
  MESSAGE_STATES,
  ORIGINS,
  PAUSE_REASONS,
  PERMISSIONS,
  REASONS,
  SUBMISSION_STATES,
  TRIGGER_EVENTS,
} from '../../shared/vocabulary';

const LANGUAGES: Record<string, Record<string, string>> = { en, uk };

const keys = (prefix: string, words: readonly string[], suffix = '') =>
  words.map((word) => `${prefix}.${word}${suffix}`);

/** Every key that a word of the vocabulary asks for. */
const WANTED = [
  ...keys('state', MESSAGE_STATES),
  ...keys('state-advice', MESSAGE_STATES),
  ...keys('reason', REASONS),
  ...keys('reason-advice', REASONS),
  ...keys('pause', PAUSE_REASONS, '.title'),
  ...keys('pause', PAUSE_REASONS, '.cure'),
  ...keys('fault', [...FAULT_KINDS, 'not_configured'], '.title'),
  ...keys('fault', [...FAULT_KINDS, 'not_configured'], '.cure'),
  ...keys('alphaname.state', ALPHANAME_STATES),
  ...keys('alphaname.advice', ALPHANAME_STATES),
  ...keys('permission', PERMISSIONS),
  ...keys('origin', ORIGINS),
  ...keys('lane', LANES),
  ...keys('encoding', ENCODINGS),
  ...keys('trigger', TRIGGER_EVENTS),
  ...keys('outcome', DECISION_OUTCOMES),
  ...keys('submission', SUBMISSION_STATES),
  ...keys('word', GATEWAY_WORDS),
];

/** Families of keys whose last word comes from the vocabulary: a word that left it must not stay behind here. */
const FAMILIES = ['state', 'state-advice', 'reason', 'reason-advice', 'permission', 'trigger', 'submission', 'word'];

const argumentsOf = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [element.value, ...Object.values(element.options).flatMap((option) => argumentsOf(option.value))];
    }
    return element.type === TYPE.argument ? [element.value] : [];
  });

const pluralsOf = (elements: MessageFormatElement[]): string[][] =>
  elements.flatMap((element) => (element.type === TYPE.plural ? [Object.keys(element.options)] : []));

describe.each(Object.entries(LANGUAGES))('translations %s', (language, texts) => {
  test('has words for the whole vocabulary', () => {
    expect(WANTED.filter((key) => !texts[key]?.trim())).toEqual([]);
  });

  test('keeps no word that left the vocabulary', () => {
    const wanted = new Set(WANTED);
    const stale = Object.keys(texts).filter(
      (key) => FAMILIES.some((family) => key.startsWith(`${family}.`)) && !wanted.has(key),
    );
    expect(stale).toEqual([]);
  });

  test('has the keys of English and their arguments', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
    const english: Record<string, string> = en;
    for (const [key, text] of Object.entries(texts)) {
      const expected = [...new Set(argumentsOf(parse(english[key] ?? '')))].sort();
      expect({ key, arguments: [...new Set(argumentsOf(parse(text)))].sort() }).toEqual({ key, arguments: expected });
    }
  });

  test('gives every plural the forms of the language', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(texts)) {
      for (const options of pluralsOf(parse(text))) {
        expect({ key, options }).toEqual({ key, options: expect.arrayContaining(['other']) });
        const strange = options.filter((option) => !option.startsWith('=') && !forms.some((form) => form === option));
        expect({ key, strange }).toEqual({ key, strange: [] });
      }
    }
  });

  test('writes apostrophes and dashes as printed books do', () => {
    expect(Object.entries(texts).filter(([, text]) => /['"`]| - /.test(text))).toEqual([]);
  });
});

test('Ukrainian texts that count have all four forms, unless the words do not change', () => {
  const same = new Set(['segments.few', 'detail.request-value']);
  for (const [key, text] of Object.entries(uk)) {
    for (const options of pluralsOf(parse(text))) {
      if (same.has(key)) continue;
      expect({ key, options }).toEqual({ key, options: expect.arrayContaining(['one', 'few', 'many', 'other']) });
    }
  }
});

test('Ukrainian texts have no letter that Ukrainian lacks', () => {
  expect(Object.entries(uk).filter(([, text]) => /[ыэъёЫЭЪЁ]/.test(text))).toEqual([]);
});

test('keys reach Strapi under the plugin id', () => {
  expect(prefixed({ 'plugin.name': 'SMS' })).toEqual({ 'svitsms.plugin.name': 'SMS' });
});
