/** What no log line may hold, in whatever writing: numbers, texts and secrets that were sent, and whatever looks like one. */

/** A Ukrainian number: with or without country code, blanks, dashes, brackets. */
const NUMBER = /(?<![\w.])(?:\+?3?8[\s()-]*)?0[\s()-]*[3-9]\d[\s()-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\w)/;
/** The plugin logs in English; texts, names and entries of the tests are Ukrainian. */
const CYRILLIC = /\p{Script=Cyrillic}/u;
const SIGNED_IN = /\b(?:Basic\s+[\w+/=-]{8,}|Bearer\s+[\w.~+/=-]{8,}|authorization\W+\w)/i;
const PUSH_ADDRESS = /svitsms\/+push[/?]+[^\s"'?/]/i;

// Colours would stand right before a word, and the digits of an id are no number.
// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[\d;]*m/g;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

const character = (code, written) => (code <= 0x10ffff ? String.fromCodePoint(code) : written);

const decodePercent = (written) => {
  try {
    return decodeURIComponent(written);
  } catch {
    // Not UTF-8: then it is no text of ours.
    return written;
  }
};

/** The line as a person reads it: no colours, no ids, escapes of URLs, JSON and XML undone. */
const readable = (line) =>
  line
    .replace(COLOUR, '')
    .replace(UUID, '')
    .replace(/(?:%[0-9a-f]{2})+/gi, decodePercent)
    .replace(/\\u([0-9a-f]{4})/gi, (written, hex) => character(parseInt(hex, 16), written))
    .replace(/&#x([0-9a-f]{1,6});/gi, (written, hex) => character(parseInt(hex, 16), written))
    .replace(/&#(\d{1,7});/g, (written, digits) => character(Number(digits), written));

/** A word like "wrong" stands in honest sentences; passwords that shall be found hold more than small letters. */
const isWord = (secret) => /^[a-z]+$/.test(secret);

/** @param requests lines of `sent.jsonl`: `{recipient, text}`, `{secret, login}` or a request of the simulator with `accepted` */
export const collectSent = (requests) => {
  const recipients = new Set();
  const texts = new Set();
  const secrets = new Set();
  for (const { accepted = [], recipient, text, secret, login } of requests) {
    for (const item of recipient || text ? [...accepted, { recipient, text }] : accepted) {
      if (item.recipient) recipients.add(item.recipient);
      if (item.text) texts.add(item.text);
    }
    if (!secret) continue;
    if (!isWord(secret)) secrets.add(secret);
    if (login) secrets.add(Buffer.from(`${login}:${secret}`).toString('base64')).add(`${login}:${secret}`);
  }
  return { recipients, texts, secrets };
};

/** @returns a function that says what a line gives away, or null; it never says the data itself */
export const createSearch = ({ recipients, texts, secrets }) => {
  const wanted = [...secrets];
  // Others are found by their alphabet, and there may be thousands of them.
  const latin = [...texts].filter((text) => text.length > 3 && !CYRILLIC.test(text));
  return (line) => {
    const seen = readable(line);
    if (wanted.some((secret) => line.includes(secret) || seen.includes(secret))) return 'a password or token';
    if (SIGNED_IN.test(seen)) return 'an Authorization header';
    if (PUSH_ADDRESS.test(seen)) return 'the token of the push address';
    if (NUMBER.test(seen) || (seen.match(/\d{9,15}/g) ?? []).some((digits) => recipients.has(digits)))
      return 'a phone number';
    if (CYRILLIC.test(seen) || latin.some((text) => seen.includes(text))) return 'a text';
    return null;
  };
};
