import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { readXml, XmlUnreadable, type XmlElement } from '../../server/src/gateway/xml/read';
import { ACCEPTED, ALPHANAMES, BALANCE, detail, info, NUMBER, part, refusal, STATUS } from './support/answers';

/** The same tree made by an independent strict parser; undefined when it refuses the document. */
const independently = (document: string): XmlElement | undefined => {
  interface Open {
    name: string;
    attributes: Map<string, string>;
    children: Open[];
    text: string;
  }
  const stack: Open[] = [{ name: '', attributes: new Map(), children: [], text: '' }];
  let failed = false;
  const parser = new SaxesParser();
  parser.on('error', () => (failed = true));
  parser.on('opentag', (tag) => {
    const node = { name: tag.name, attributes: new Map(Object.entries(tag.attributes)), children: [], text: '' };
    stack.at(-1)?.children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => stack.pop());
  const addText = (text: string): void => {
    const top = stack.at(-1);
    if (top !== undefined) top.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(document.trim()).close();
  } catch {
    // It stumbles over a NUL inside a declaration; that is a refusal too.
    failed = true;
  }
  return failed ? undefined : stack[0]?.children[0];
};

const read = (document: string): XmlElement | undefined => {
  try {
    return readXml(document);
  } catch (error) {
    if (error instanceof XmlUnreadable) return undefined;
    throw error;
  }
};

const FIXTURES = [
  ACCEPTED,
  refusal('ERRPHONES'),
  BALANCE,
  STATUS,
  info({ DELIVERED: 1 }),
  detail([part(NUMBER, 1, 2, 'SENT'), part(NUMBER, 2, 2, 'NEW')]),
  ALPHANAMES,
  "<?xml version='1.0'?>\n<message>\n  <state code='ACCEPT' campaignID='0012' a=\"'\">стоп &amp;&#1058;&#x41;<![CDATA[<x>]]></state>\n</message>",
];

test.each(FIXTURES)('reads %j as a strict parser does', (document) => {
  expect(read(document)).toEqual(independently(document));
  expect(read(document)).toBeDefined();
});

test.each([
  'DENIED',
  '',
  '<html><body><p>Wartung<br></body></html>',
  '<a></a><b/>',
  '<a/><b/>',
  '<a/>x',
  '<a></a>x',
  'x<a/>',
  '<a x="1" x="2"/>',
  '<a x="<"/>',
  '<a x="a&b"/>',
  '<a>a&b</a>',
  '<a>&foo;</a>',
  '<a>&#0;</a>',
  '<a>&#x110000;</a>',
  '<a>&#xD800;</a>',
  '<a>\u0001</a>',
  '<a><b></a></b>',
  '<a',
  '<a></a',
  '<a/><![CDATA[x]]>',
  '<![CDATA[x]]><a/>',
  '<!DOCTYPE a><a/>',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '<a><![x]]></a>',
  '<a __proto__="1"/>',
  '<__proto__/>',
])('refuses %j', (document) => {
  expect(() => readXml(document)).toThrow(XmlUnreadable);
});

test('ids and numbers stay the text they are', () => {
  const root = readXml('<a id="0012" n="1e999" h="0x1F" t="true"><b>0012</b><b>1e999</b><b> +7 </b></a>');
  expect([...root.attributes.values()]).toEqual(['0012', '1e999', '0x1F', 'true']);
  expect(root.children.map(({ text }) => text)).toEqual(['0012', '1e999', ' +7 ']);
});

test('limits hold, and quickly', () => {
  const started = performance.now();
  expect(() => readXml(`${'<a>'.repeat(9)}${'</a>'.repeat(9)}`)).toThrow('nested too deeply');
  expect(() => readXml(`<a>${'<b/>'.repeat(60_000)}</a>`)).toThrow('too many elements');
  const wide = Array.from({ length: 33 }, (_, index) => `x${index}="1"`).join(' ');
  expect(() => readXml(`<a ${wide}/>`)).toThrow('too many attributes');
  expect(() => readXml(`<a x="${'y'.repeat(5000)}"/>`)).toThrow('oversized tag');
  expect(() => readXml(`${'<a>'.repeat(100_000)}`)).toThrow(XmlUnreadable);
  expect(readXml(`<a>${'&#65;'.repeat(100_000)}</a>`).text).toHaveLength(100_000);
  expect(performance.now() - started).toBeLessThan(5_000);
});

/** Changes a fixture the way wires and programs do: bytes lost, doubled, swapped, replaced, cut off, other markup put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...FIXTURES),
    fc.array(
      fc.record({
        at: fc.nat(2000),
        drop: fc.nat(6),
        put: fc.oneof(
          fc.constantFrom('', '<', '>', '/', '"', "'", '&', ';', '=', ' ', '<a>', '</a>', '<b/>', '<!--', '-->', ']]>', '&lt;', '<?x?>'), // prettier-ignore
          fc.string({ unit: 'binary', maxLength: 4 }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([fixture, edits]) =>
    edits.reduce((text, { at, drop, put }) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + drop);
    }, fixture),
  );

test('a damaged document is refused with the one error, or it is still the document a strict parser sees', () => {
  fc.assert(
    fc.property(mutated, (document) => {
      const own = read(document);
      const other = independently(document);
      // The strict parser also refuses some things that change no meaning; those may pass.
      if (own !== undefined && other !== undefined) expect(own).toEqual(other);
    }),
    { numRuns: 2500 },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});
