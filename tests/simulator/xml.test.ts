import fc from 'fast-check';
import { SaxesParser } from 'saxes';

import { readXml, XmlSyntaxError, type XmlElement } from '../../simulator/xml/reader';
import { escapeXml } from '../../simulator/xml/writer';
import { closeAll, codeOf, startGateway } from './support/gateway';

type Tree = [name: string, attributes: [string, string][], text: string, children: Tree[]];

const treeOf = ({ name, attributes, text, children }: XmlElement): Tree => [
  name,
  [...attributes],
  text,
  children.map(treeOf),
];

const mine = (source: string): Tree | null => {
  try {
    return treeOf(readXml(source));
  } catch (cause) {
    if (cause instanceof XmlSyntaxError) return null;
    throw cause;
  }
};

/** The judge: a strict parser of other people. */
const theirs = (source: string): Tree | null => {
  const parser = new SaxesParser();
  let root: Tree | null = null;
  const open: Tree[] = [];
  let failed = false;
  const addText = (text: string): void => {
    const current = open.at(-1);
    if (current) current[2] += text;
  };
  parser.on('error', () => {
    failed = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const tree: Tree = [name, Object.entries(attributes), '', []];
    open.at(-1)?.[3].push(tree);
    root ??= tree;
    open.push(tree);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(source).close();
  return failed ? null : root;
};

const PIECES = [
  '<a>', '</a>', '<b>', '</b>', '<a/>', '<b x="1">', "<b y='2' z=\"3\"/>", '<a x="1" x="2"/>', '<a x=1/>', '<c\t\nx\n=\r\n"1&amp;2"\n>', '</c >', '< a>', '<1>',
  '<!--', '-->', '<!-- x -->', '<!-- -- -->', '<![CDATA[', ']]>', '<?p q?>', '<?xml?>', '<?', '?>', '&amp;', '&lt;', '&#65;', '&#x1F600;', '&#0;', '&#xD800;',
  '&', '&no;', '&quot', ';', '"', "'", '>', '<', '\r\n', '\r', '\t', ' ', 'текст', 'x', '=', '/', '\u0001', '\uFFFE', '\uD83D', '\uDE00', 'é', '<п>', '</п>',
]; // prettier-ignore

const document = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => `<r>${pieces.join('')}</r>`),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => `<r q="1">${text}</r>`),
);

it('agrees with a strict parser on what is well-formed and what it says', () => {
  fc.assert(
    fc.property(document, (source) => {
      // The judge loses its place after half a character; bytes decoded as UTF-8 never hold one.
      fc.pre(!/\p{Surrogate}/u.test(source));
      const trimmed = source.replace(/^[\uFEFF \t\r\n]+/, '');
      expect(mine(source)).toEqual(theirs(trimmed));
    }),
    { numRuns: 4000 },
  );
});

it('reads back what was escaped', () => {
  const text = fc
    .string({ unit: 'binary' })
    .filter((value) => mine(`<r>${escapeXml(value)}</r>`) !== null && !value.includes('\r'));
  fc.assert(
    fc.property(text, (value) => {
      expect(readXml(`<r>${escapeXml(value)}</r>`).text).toBe(value);
    }),
  );
});

it('does not fall over deep nesting', () => {
  expect(() => readXml('<a>'.repeat(100_000))).toThrow(XmlSyntaxError);
});

describe('odd texts over the wire', () => {
  afterEach(closeAll);

  it.each([
    'a & b < c > d "e" \'f\'',
    '&amp;',
    ']]> &#65;',
    'рядок\nдругий\tтаб',
    '😀 €^{}',
    '<script>alert(1)</script>',
  ])('keeps %j as it was written', async (text) => {
    const gateway = await startGateway();
    expect(codeOf(await gateway.sms('380501234567', escapeXml(text)))).toBe('ACCEPT');
    expect(gateway.control.messages()[0]?.text).toBe(text);
  });

  it('escapes what it says back', async () => {
    const gateway = await startGateway({ settings: { stopWords: ["o'neil"], badNumbers: 'error' } });
    const reply = await gateway.sms(['380501234567', '&lt;"&amp;'], 'Hi');
    expect(reply).toContain('<to recipient="&lt;&quot;&amp;" status="ERROR" />');
    expect(readXml(reply).children).toHaveLength(3);
  });

  it.each(['\u0000', '\u0008', '&#1;', '\uFFFF'])('cannot carry %j', async (text) => {
    const gateway = await startGateway();
    expect(codeOf(await gateway.sms('380501234567', text))).toBe('XMLERROR');
  });
});
