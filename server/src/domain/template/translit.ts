/**
 * Ukrainian letters in Latin: resolution of the Cabinet of Ministers of Ukraine No. 55 of 27 January 2010, "On the ordering of
 * transliteration of the Ukrainian alphabet in Latin", its table. A pair is [at the start of a word, elsewhere].
 * No well-kept package implements this table, and the gateway's own modules use another one.
 */
const RESOLUTION_55: Readonly<Record<string, string | readonly [string, string]>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: ['ye', 'ie'],
  ж: 'zh',
  з: 'z',
  и: 'y',
  і: 'i',
  ї: ['yi', 'i'],
  й: ['y', 'i'],
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ь: '',
  ю: ['yu', 'iu'],
  я: ['ya', 'ia'],
};

/** Not in the resolution: Russian letters in customers' names, which would otherwise keep the whole text at 70 characters. */
const FOREIGN: typeof RESOLUTION_55 = { ё: ['yo', 'io'], ъ: '', ы: 'y', э: 'e' };

/** Not in the resolution: signs outside the GSM alphabet, for the same reason. */
const SIGNS: Readonly<Record<string, string>> = {
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '`': "'",
  '–': '-',
  '—': '-',
  '‑': '-',
  '−': '-',
  '…': '...',
  '№': 'No',
  '₴': 'UAH',
  '\u00a0': ' ',
  '\u202f': ' ',
};

const TABLE = new Map(Object.entries({ ...RESOLUTION_55, ...FOREIGN }));

const CYRILLIC_WORD = /[\p{Script=Cyrillic}]+(?:['’ʼ`‘][\p{Script=Cyrillic}]+)*/gu;
const APOSTROPHES = /['’ʼ`‘]/g;

/**
 * Writes Ukrainian text in Latin letters, so that a segment holds 160 characters instead of 70. The apostrophe within a word
 * and the soft sign are dropped and `зг` is `zgh`, as the resolution says. Other characters stay as they are.
 */
export function transliterate(text: string): string {
  return text
    .normalize('NFC')
    .replace(CYRILLIC_WORD, transliterateWord)
    .replace(/[^\p{ASCII}]|`/gu, (sign) => SIGNS[sign] ?? sign);
}

function transliterateWord(word: string): string {
  const letters = [...word.replace(APOSTROPHES, '')];
  const shouted = letters.length > 1 && letters.every((letter) => letter !== letter.toLowerCase());
  return letters.map((letter, index) => inCase(latin(letters, index), letter, shouted)).join('');
}

function latin(letters: readonly string[], index: number): string {
  const letter = letters[index]?.toLowerCase() ?? '';
  // "зг" is zgh: zh would read as "ж".
  if (letter === 'г' && letters[index - 1]?.toLowerCase() === 'з') return 'gh';
  const found = TABLE.get(letter);
  if (found === undefined) return letter;
  return typeof found === 'string' ? found : found[index === 0 ? 0 : 1];
}

function inCase(latinLetters: string, letter: string, shouted: boolean): string {
  if (letter === letter.toLowerCase()) return latinLetters;
  return shouted ? latinLetters.toUpperCase() : latinLetters.charAt(0).toUpperCase() + latinLetters.slice(1);
}
