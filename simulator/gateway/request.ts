import { errorCode } from '../error-code';
import { normalisePhone } from '../phone';
import { readXml, XmlSyntaxError, type XmlElement } from '../xml/reader';

/** One recipient as written, with the text meant for them. */
export interface WrittenItem {
  readonly recipient: string;
  readonly text: string;
}

/** A well-formed request document. */
export interface ApiRequest {
  readonly operation: string;
  /** `message`, or `command` for sender names; null when there is none. */
  readonly subject: XmlElement | null;
  /** Recipients and texts of SENDSMS; the one recipient of GETMESSAGESTATUS, with an empty text. */
  readonly items: readonly WrittenItem[];
}

export type ReadRequest =
  | { readonly kind: 'empty' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'request'; readonly request: ApiRequest };

const MALFORMED: ReadRequest = { kind: 'malformed' };
const LEGACY_ENCODING = /^[^<]*<\?xml[^>]*encoding\s*=\s*["'](?:windows-1251|cp1251)["']/i;

/** The declaration decides between UTF-8 and the windows-1251 of old clients; the Content-Type header is ignored, as there. */
const decodeBody = (bytes: Buffer): string | null => {
  const legacy = LEGACY_ENCODING.test(bytes.toString('latin1', 0, 200));
  try {
    return new TextDecoder(legacy ? 'windows-1251' : 'utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (errorCode(cause) === 'ERR_ENCODING_INVALID_ENCODED_DATA') return null;
    throw cause;
  }
};

/** `recipient`, then its `body`, over and over. A recipient without a text keeps an empty one. */
const readPairs = (message: XmlElement): WrittenItem[] => {
  const items: WrittenItem[] = [];
  let waiting: string | null = null;
  for (const child of message.children) {
    if (child.name === 'recipient') {
      if (waiting !== null) items.push({ recipient: waiting, text: '' });
      waiting = child.text;
    } else if (child.name === 'body' && waiting !== null) {
      items.push({ recipient: waiting, text: child.text });
      waiting = null;
    }
  }
  if (waiting !== null) items.push({ recipient: waiting, text: '' });
  return items;
};

const readItems = (message: XmlElement): WrittenItem[] => {
  const asked = message.attributes.get('recipient');
  if (asked !== undefined) return [{ recipient: asked, text: '' }];
  if (message.attributes.get('type')?.trim() === 'individual') return readPairs(message);
  const text = message.children.find(({ name }) => name === 'body')?.text ?? '';
  return message.children
    .filter(({ name }) => name === 'recipient')
    .map((recipient) => ({ recipient: recipient.text, text }));
};

/** Reads the body of an API request. */
export const readRequest = (bytes: Buffer): ReadRequest => {
  const source = decodeBody(bytes);
  if (source === null) return MALFORMED;
  if (source.trim() === '') return { kind: 'empty' };
  let root: XmlElement;
  try {
    root = readXml(source);
  } catch (cause) {
    if (cause instanceof XmlSyntaxError) return MALFORMED;
    throw cause;
  }
  const operation = root.children.find(({ name }) => name === 'operation')?.text.trim();
  if (root.name !== 'request' || operation === undefined) return MALFORMED;
  const message = root.children.find(({ name }) => name === 'message') ?? null;
  const command = root.children.find(({ name }) => name === 'command') ?? null;
  const items = message === null ? [] : readItems(message);
  return { kind: 'request', request: { operation, subject: message ?? command, items } };
};

/** Whether a request speaks of a number, however either is written. */
export const mentions = (items: readonly WrittenItem[], phone: string): boolean => {
  const wanted = normalisePhone(phone) ?? phone;
  return items.some(({ recipient }) => (normalisePhone(recipient) ?? recipient.trim()) === wanted);
};
