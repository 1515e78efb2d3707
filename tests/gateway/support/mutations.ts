import { ACCEPTED, ALPHANAMES, BALANCE, detail, info, NUMBER, OTHER_NUMBER, part, refusal, STATUS } from './answers';

/** What the gateway, or something on the way to it, has been seen to say, good and bad, and what attacks on XML look like. */
export const CORPUS: readonly Buffer[] = [
  ACCEPTED,
  ACCEPTED.replace('campaignID="3917349"', ''),
  ACCEPTED.replace('<to ', '<state code="ERRTEXT"/><to '),
  refusal('ERRPHONES'),
  refusal('INSUFFICIENTFUNDS', 'Not enough money'),
  refusal('ERRTEXT', 'STOPWORDS  казино бонус '),
  refusal('CAMPAIGNERROR', 'Incorrect campaign ID', 'answer'),
  BALANCE,
  STATUS,
  info({ DELIVERED: 1, SENT: 2 }, 'COMPLETE', ' cost="1.30"'),
  detail([part(NUMBER, 1, 2, 'SENT'), part(NUMBER, 2, 2, 'NEW'), part(OTHER_NUMBER, 1, 1, 'DELIVERED')]),
  ALPHANAMES,
  'Access denied! Incorrect login or password.\n',
  'EMPTY REQUEST',
  '<html><head><title>502</title></head><body><h1>Bad Gateway<br></h1></body></html>',
  '{"error":"not xml"}',
  '<!DOCTYPE m [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><message><balance>&b;</balance></message>',
  '<__proto__ constructor="1"><prototype toString="2">x</prototype></__proto__>',
  `<message>${'<a>'.repeat(9)}${'</a>'.repeat(9)}</message>`,
  '<message><state code="ACCEPT" campaignID="&#49;"><![CDATA[<x>]]><!-- c --><?p i?></state></message>',
].map((text) => Buffer.from(text, 'utf8'));

/** Numbers that depend on nothing but the seed (mulberry32): a finding can be made again. */
export const randomOf = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

type Below = ReturnType<typeof randomOf>;

/** Pieces that mean something to a reader of XML. */
const PIECES =
  '< > / \' " & ; = <a> </a> <b/> <!-- --> <![CDATA[ ]]> &lt; &#0; &#x110000; <?x?> <!ENTITY __proto__ \0 \ufeff'
    .split(' ')
    .map((piece) => Buffer.from(piece, 'utf8'));

const pick = <Item>(items: readonly Item[], below: Below): Item => {
  const item = items[below(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const cut = (bytes: Buffer, below: Below): Buffer => {
  const start = below(bytes.length + 1);
  return bytes.subarray(start, start + below(bytes.length - start + 1));
};

const replaced = (bytes: Buffer, at: number, drop: number, put: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);

const MUTATIONS: readonly ((bytes: Buffer, below: Below) => Buffer)[] = [
  (bytes, below) => {
    const flipped = Buffer.from(bytes);
    const at = below(bytes.length || 1);
    if (bytes.length > 0) flipped[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    return flipped;
  },
  (bytes, below) => replaced(bytes, below(bytes.length + 1), 1 + below(8), Buffer.alloc(0)),
  (bytes, below) => replaced(bytes, below(bytes.length + 1), 0, pick(PIECES, below)),
  (bytes, below) => replaced(bytes, below(bytes.length + 1), below(4), Buffer.from([below(256), below(256)])),
  (bytes, below) => bytes.subarray(0, below(bytes.length + 1)),
  (bytes, below) => replaced(bytes, below(bytes.length + 1), 0, cut(bytes, below)),
  (bytes, below) => replaced(bytes, below(bytes.length + 1), below(20), cut(pick(CORPUS, below), below)),
];

/** Limit of a status push; long answers are made up to a little more than this. */
const LARGE = 66_000;

/** Repeats a piece of the document until it is large: that is where a careless reader takes quadratic time. */
const inflated = (bytes: Buffer, below: Below): Buffer => {
  const piece = below(2) === 0 ? pick(PIECES, below) : cut(bytes, below).subarray(0, 200);
  if (piece.length === 0) return bytes;
  const many = Buffer.alloc(below(LARGE), piece);
  return replaced(bytes, below(bytes.length + 1), 0, many);
};

/**
 * A document of the corpus with one to six changes, mostly few, for a document damaged much is refused at its first byte; one
 * in two hundred is blown up to as much as 64 KB.
 */
export const mutant = (below: Below): Buffer => {
  let bytes = pick(CORPUS, below);
  if (below(200) === 0) bytes = inflated(bytes, below);
  for (let left = 1 + below(1 + below(6)); left > 0; left -= 1) bytes = pick(MUTATIONS, below)(bytes, below);
  return bytes;
};
