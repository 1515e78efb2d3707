import { ACCEPT, stopWordsOf } from './codes';
import { decodeBody } from './decode';
import { GatewayError, type GatewayOperation } from './errors';
import { MAX_CODE_LENGTH, PLAIN_TEXT_PREFIX_LENGTH } from './limits';
import { redact } from './redact';
import { safeCause } from './safe-cause';
import { readXml, XmlUnreadable, type XmlElement } from './xml/read';

/** Facts a GatewayError about an answer needs. */
export interface AnswerContext {
  readonly operation: GatewayOperation;
  readonly secrets: readonly string[];
  /** Texts of the request, which a foreign page may echo; the gateway's own refusals only name single words of them. */
  readonly confidential?: readonly string[] | undefined;
}

/** The document is well-formed, but not what the operation answers. The message names what is missing. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/** Roots of all known answers: `message` for most operations, `answer` for the two about campaigns; errors use either. */
const ROOTS = new Set(['message', 'answer']);

/**
 * Judges the body of a 2xx answer: a plain text of wrong credentials, a refusal, or the root element for the operation to
 * read. HTTP headers say nothing reliable about it and are not asked.
 *
 * @throws GatewayError of kind `auth`, `refused` or `unreadable`
 */
export const judge = (body: Buffer, context: AnswerContext): XmlElement => {
  const text = decodeBody(body).trim();
  if (!text.startsWith('<')) throw plainText(text, context);
  const root = attempt(() => readXml(text), context);
  return attempt(() => {
    if (!ROOTS.has(root.name)) throw new UnexpectedAnswer('has an unknown root element');
    const refusal = refusalIn(root);
    if (refusal !== undefined) throw refused(refusal, context);
    return root;
  }, context);
};

/** Runs a reader and turns what it finds unreadable into the error of this client. */
export const attempt = <T>(read: () => T, context: AnswerContext): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    if (!(error instanceof XmlUnreadable || error instanceof UnexpectedAnswer)) throw error;
    throw unreadable(context, `the document ${error.message}`);
  }
};

export const unreadable = (context: AnswerContext, why: string, gatewayText?: string): GatewayError =>
  new GatewayError({
    kind: 'unreadable',
    requestSent: context.operation === 'STATUSPUSH' ? 'no' : 'yes',
    operation: context.operation,
    gatewayText,
    cause: safeCause(new UnexpectedAnswer(why), []),
  });

/** Trimmed value of an attribute; undefined when absent or blank. */
export const attributeOf = (element: XmlElement, name: string): string | undefined => {
  const value = element.attributes.get(name)?.trim();
  return value === '' ? undefined : value;
};

/** Children of an element with a name. */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/**
 * Wrong credentials come as plain text with status 200, in wordings that changed over the years, so only their beginning
 * counts. `EMPTY REQUEST` is what the vendor's own module reads as "not authorised".
 */
const plainText = (text: string, context: AnswerContext): GatewayError => {
  if (text === '') return unreadable(context, 'the answer is empty');
  const gatewayText = redact(text, [...context.secrets, ...(context.confidential ?? [])]);
  if (!/^\W{0,8}(access denied|denied\b|empty request)/i.test(text.slice(0, PLAIN_TEXT_PREFIX_LENGTH)))
    return unreadable(context, 'the answer is plain text', gatewayText);
  return new GatewayError({ kind: 'auth', requestSent: 'yes', operation: context.operation, gatewayText });
};

/** The `state` that refuses, if any. A mixture of acceptance and refusal proves neither. */
const refusalIn = (root: XmlElement): XmlElement | undefined => {
  const states = childrenOf(root, 'state').filter((state) => state.attributes.has('code'));
  const refusals = states.filter((state) => codeOf(state) !== ACCEPT);
  if (refusals.length > 0 && refusals.length < states.length) throw new UnexpectedAnswer('accepts and refuses at once');
  if (refusals[0] !== undefined && codeOf(refusals[0]) === '') throw new UnexpectedAnswer('has an empty code');
  return refusals[0];
};

const codeOf = (state: XmlElement): string => attributeOf(state, 'code')?.toUpperCase() ?? '';

const refused = (state: XmlElement, context: AnswerContext): GatewayError => {
  const word = codeOf(state);
  const code = (/^[A-Z_]+$/.test(word) ? word : redact(word, context.secrets)).slice(0, MAX_CODE_LENGTH);
  const gatewayText = redact(state.text, context.secrets);
  const stopWords = stopWordsOf(code, gatewayText);
  return new GatewayError({
    kind: 'refused',
    requestSent: 'yes',
    operation: context.operation,
    code,
    gatewayText: gatewayText === '' ? undefined : gatewayText,
    stopWords: stopWords.length === 0 ? undefined : stopWords,
  });
};
