import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces';

/** An element to write. Names are ours, never input; text and attribute values may be anything XML can carry. */
export interface XmlNode {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly children?: readonly XmlNode[];
}

/**
 * What no XML 1.0 document can hold, not even as a character reference: control characters but tab, line feed and
 * carriage return, the two non-characters U+FFFE and U+FFFF, and halves of surrogate pairs.
 */
// eslint-disable-next-line no-control-regex -- the control characters are the point
const UNCARRIABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;

/** True when XML 1.0 can carry the text. */
export const isXmlText = (text: string): boolean => !UNCARRIABLE.test(text);

/**
 * The one writer of requests: a UTF-8 document without white space between elements.
 *
 * @throws RangeError naming the element or attribute, never its value, when a value cannot be carried by XML
 */
export const writeXml = (root: XmlNode): string => {
  const document = create({ version: '1.0', encoding: 'utf-8' });
  append(document, root);
  return document.end({ prettyPrint: false });
};

const append = (parent: XMLBuilder, node: XmlNode): void => {
  const element = parent.ele(node.name);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    element.att(name, escapeAttribute(check(value, `${node.name}@${name}`)));
  }
  if (node.text !== undefined && node.text !== '') element.txt(escapeText(check(node.text, node.name)));
  for (const child of node.children ?? []) append(element, child);
};

const check = (value: string, place: string): string => {
  if (!isXmlText(value)) throw new RangeError(`${place} holds a character that XML cannot carry`);
  return value;
};

// xmlbuilder2 leaves an ampersand alone when the text after it looks like an entity, which changes "a&lt;b" and breaks
// "Q&A;now". Escaping every ampersand first makes all of them look like entities. A carriage return would reach a reader
// as a line feed, and tabs and line feeds in attributes as blanks, unless written as references: decimal ones, for the
// library does not know the hexadecimal form and would escape it again.
const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('\r', '&#13;');
const escapeAttribute = (value: string): string =>
  escapeText(value).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;').replaceAll('"', '&quot;');
