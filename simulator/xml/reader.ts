/**
 * A small strict reader of XML 1.0, written for the simulator alone. The client reads with another parser on purpose: an oracle
 * that shares its reader with the client would share its mistakes. xmlbuilder2's reader accepts unclosed elements and bare
 * ampersands, so it could not answer XMLERROR where the gateway's clients deserve it.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  /** Direct character data, joined; comments and children leave no trace. */
  text: string;
}

/** The document is not well-formed, or asks for what a gateway should refuse (a DTD with declarations). */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError';
}

/** No request nests deeper than four; the limit keeps hostile nesting cheap. */
const MAX_DEPTH = 64;

/** What XML 1.0 cannot carry. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const NAME_START =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = `[${NAME_START}][\\u0300-\\u036F${NAME_START}\\-.0-9\\u00B7\\u203F-\\u2040]*`;
const DECLARATION =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/y;
const OPEN_TAG = new RegExp(`<(${NAME})`, 'uy');
const CLOSE_TAG = new RegExp(`</(${NAME})[ \\t\\n]*>`, 'uy');
const ATTRIBUTE = new RegExp(`[ \\t\\n]+(${NAME})[ \\t\\n]*=[ \\t\\n]*(?:"([^"<]*)"|'([^'<]*)')`, 'uy');
const TAG_END = /[ \t\n]*(\/?)>/y;
const INSTRUCTION = new RegExp(`<\\?(${NAME})(?:[ \\t\\n][\\s\\S]*?)?\\?>`, 'uy');
const COMMENT = /<!--(?:[^-]|-[^-])*-->/y;
const PLAIN_DOCTYPE = new RegExp(`<!DOCTYPE[ \\t\\n]+${NAME}[ \\t\\n]*>`, 'uy');
const BLANKS = /[ \t\n]*/y;

const PREDEFINED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
const REFERENCE = /&(?:#(\d+)|#x([\dA-Fa-f]+)|([^;&\s]*));?/g;

const decodeReference = (whole: string, decimal?: string, hex?: string, name?: string): string => {
  if (!whole.endsWith(';')) throw new XmlSyntaxError('A bare "&": write it as "&amp;".');
  if (name !== undefined) {
    const character = PREDEFINED.get(name);
    if (character === undefined) throw new XmlSyntaxError('An entity that was never declared.');
    return character;
  }
  const code = decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16);
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '';
  if (character === '' || FORBIDDEN.test(character)) {
    throw new XmlSyntaxError('A character reference to what XML cannot carry.');
  }
  return character;
};

const decode = (raw: string): string => (raw.includes('&') ? raw.replace(REFERENCE, decodeReference) : raw);

class Reader {
  #at = 0;
  readonly #open: XmlElement[] = [];
  #root: XmlElement | null = null;

  constructor(private readonly source: string) {}

  read(): XmlElement {
    this.#match(DECLARATION);
    let doctypeAllowed = true;
    while (this.#at < this.source.length) {
      if (this.#open.length > 0) {
        this.#content();
        continue;
      }
      this.#match(BLANKS);
      if (this.#at >= this.source.length) break;
      if (this.#skipped()) continue;
      if (doctypeAllowed && this.#root === null && this.#match(PLAIN_DOCTYPE)) {
        doctypeAllowed = false;
        continue;
      }
      if (this.#root !== null) throw new XmlSyntaxError('Something follows the root element.');
      this.#element();
    }
    const unclosed = this.#open.at(-1);
    if (unclosed) throw new XmlSyntaxError(`The element "${unclosed.name}" is not closed.`);
    if (this.#root === null) throw new XmlSyntaxError('There is no root element.');
    return this.#root;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.source);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  /** Passes one comment or processing instruction. */
  #skipped(): boolean {
    if (this.#match(COMMENT)) return true;
    const instruction = this.#match(INSTRUCTION);
    if (instruction?.[1]?.toLowerCase() === 'xml') throw new XmlSyntaxError('A misplaced XML declaration.');
    return instruction !== null;
  }

  #content(): void {
    const current = this.#open.at(-1);
    if (current === undefined) return;
    const next = this.source.indexOf('<', this.#at);
    if (next === -1) throw new XmlSyntaxError(`The element "${current.name}" is not closed.`);
    if (next > this.#at) {
      const raw = this.source.slice(this.#at, next);
      if (raw.includes(']]>')) throw new XmlSyntaxError('"]]>" outside of a CDATA section.');
      current.text += decode(raw);
      this.#at = next;
    }
    if (this.source.startsWith('</', next)) this.#close(current);
    else if (this.source.startsWith('<![CDATA[', next)) this.#cdata(current);
    else if (!this.#skipped()) this.#element();
  }

  #close(current: XmlElement): void {
    if (this.#match(CLOSE_TAG)?.[1] !== current.name) {
      throw new XmlSyntaxError(`The element "${current.name}" is not closed where it should be.`);
    }
    this.#open.pop();
  }

  #cdata(current: XmlElement): void {
    const start = this.#at + '<![CDATA['.length;
    const end = this.source.indexOf(']]>', start);
    if (end === -1) throw new XmlSyntaxError('A CDATA section is not closed.');
    current.text += this.source.slice(start, end);
    this.#at = end + ']]>'.length;
  }

  #element(): void {
    const name = this.#match(OPEN_TAG)?.[1];
    if (name === undefined) throw new XmlSyntaxError('A "<" that begins no element: write it as "&lt;".');
    const attributes = new Map<string, string>();
    for (let match = this.#match(ATTRIBUTE); match !== null; match = this.#match(ATTRIBUTE)) {
      const key = match[1] ?? '';
      if (attributes.has(key)) throw new XmlSyntaxError(`The attribute "${key}" is given twice.`);
      attributes.set(key, decode((match[2] ?? match[3] ?? '').replace(/[\t\n]/g, ' ')));
    }
    const end = this.#match(TAG_END);
    if (!end) throw new XmlSyntaxError(`The tag of "${name}" is malformed.`);
    const element: XmlElement = { name, attributes, children: [], text: '' };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else this.#root = element;
    if (end[1] === '/') return;
    if (this.#open.length >= MAX_DEPTH) throw new XmlSyntaxError('The elements are nested too deeply.');
    this.#open.push(element);
  }
}

/**
 * Reads a document into a tree. Blanks and a byte order mark before the declaration are forgiven: the gateway forgives them
 * and published clients rely on it.
 * @throws XmlSyntaxError
 */
export const readXml = (document: string): XmlElement => {
  if (FORBIDDEN.test(document)) throw new XmlSyntaxError('A character XML cannot carry.');
  const source = document.replace(/^[\uFEFF \t\r\n]+/, '').replace(/\r\n?/g, '\n');
  return new Reader(source).read();
};
