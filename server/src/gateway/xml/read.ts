import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { MAX_XML_ATTRIBUTES, MAX_XML_DEPTH, MAX_XML_ELEMENTS, MAX_XML_TAG_LENGTH } from '../limits';
import { decodeReferences } from './references';
import { isXmlText } from './write';

/** An element as read: attributes by name, the element children in order, and all its own text joined. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The text is no document this client reads. The message never quotes the document. */
export class XmlUnreadable extends Error {
  override readonly name = 'XmlUnreadable';
}

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  trimValues: false,
  // Ids like 0012 and 1e999 must stay text, and entities are decoded here, where they can be refused.
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  htmlEntities: false,
  maxNestedTags: MAX_XML_DEPTH + 1,
});

/**
 * The one reader of answers. The library accepts much that is not XML, so its validator runs first, and what that misses
 * is checked around it: several roots, text after the root, `<` and stray `&` in values, characters XML cannot hold.
 * DOCTYPE is refused outright: the gateway never sends one, and entities are how XML attacks begin.
 *
 * @throws XmlUnreadable for anything but one complete, well-formed document within the limits
 */
export const readXml = (source: string): XmlElement => {
  const document = source.trim();
  guardSize(document);
  if (!isXmlText(document)) throw new XmlUnreadable('has a character that XML cannot carry');
  if (/<!(?!--|\[CDATA\[)/.test(document)) throw new XmlUnreadable('has a document type or another declaration');
  const nodes = parse(document);
  if (nodes.length !== 1) throw new XmlUnreadable(nodes.length === 0 ? 'has no root element' : 'has several roots');
  const root = element(nodes[0], 1);
  const end = document.endsWith('/>')
    ? root.children.length === 0 && root.text === ''
    : endsWithTag(document, root.name);
  if (!end) throw new XmlUnreadable('goes on after its root element');
  return root;
};

const guardSize = (document: string): void => {
  let elements = 0;
  for (let open = document.indexOf('<'); open !== -1; open = document.indexOf('<', open + 1)) {
    elements += 1;
    const close = document.indexOf('>', open);
    if (close === -1) throw new XmlUnreadable('ends inside a tag');
    if (close - open > MAX_XML_TAG_LENGTH) throw new XmlUnreadable('has an oversized tag');
    // Opening and closing tags both count here, hence the two.
    if (elements > MAX_XML_ELEMENTS * 2) throw new XmlUnreadable('has too many elements');
  }
};

const parse = (document: string): unknown[] => {
  let verdict: ReturnType<typeof XMLValidator.validate>;
  let nodes: unknown;
  try {
    verdict = XMLValidator.validate(document, { allowBooleanAttributes: false });
    nodes = verdict === true ? PARSER.parse(document) : [];
  } catch {
    // The library's messages can quote the document, so they go no further.
    throw new XmlUnreadable('is not well-formed');
  }
  if (verdict !== true) throw new XmlUnreadable(`is not well-formed (${verdict.err.code}, line ${verdict.err.line})`);
  if (!Array.isArray(nodes)) throw new XmlUnreadable('is not a document');
  return nodes.filter((node) => !isBlankText(node));
};

const isBlankText = (node: unknown): boolean => isRecord(node) && String(node['#text'] ?? 'x').trim() === '';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** One node of the library's ordered output: `{ name: children, ':@': attributes }`. */
const element = (node: unknown, depth: number): XmlElement => {
  if (depth > MAX_XML_DEPTH) throw new XmlUnreadable('is nested too deeply');
  const name = isRecord(node) ? Object.keys(node).find((key) => key !== ':@') : undefined;
  if (!isRecord(node) || name === undefined || name.startsWith('#'))
    throw new XmlUnreadable('has text outside its root');
  const children: XmlElement[] = [];
  let text = '';
  const content = node[name];
  for (const child of Array.isArray(content) ? content : []) {
    if (!isRecord(child)) continue;
    if ('#text' in child) text += references(String(child['#text']));
    else if ('#cdata' in child) text += cdata(child['#cdata']);
    else children.push(element(child, depth + 1));
  }
  return { name, attributes: attributes(node[':@']), children, text };
};

const attributes = (raw: unknown): ReadonlyMap<string, string> => {
  const entries = Object.entries(isRecord(raw) ? raw : {});
  if (entries.length > MAX_XML_ATTRIBUTES) throw new XmlUnreadable('has an element with too many attributes');
  return new Map(
    entries.map(([name, value]) => {
      const text = String(value);
      if (text.includes('<')) throw new XmlUnreadable('has a tag inside an attribute');
      return [name, references(text.replace(/[\t\n\r]/g, ' '))];
    }),
  );
};

const cdata = (raw: unknown): string =>
  (Array.isArray(raw) ? raw : []).map((part) => (isRecord(part) ? String(part['#text'] ?? '') : '')).join('');

const references = (text: string): string => {
  const decoded = decodeReferences(text);
  if (decoded === null) throw new XmlUnreadable('has an unknown entity');
  return decoded;
};

const endsWithTag = (document: string, name: string): boolean =>
  document.slice(document.lastIndexOf('</')).replace(/\s+>$/, '>') === `</${name}>`;
