import { attributeOf, childrenOf, UnexpectedAnswer } from '../answer';
import type { Operation } from '../call';
import { checkAlphaname } from '../input';
import type { XmlElement } from '../xml/read';
import type { XmlNode } from '../xml/write';

/** A sender name of the account. */
export interface Alphaname {
  readonly alphaname: string;
  /** The gateway's word verbatim; see `alphanameMeaning`. */
  readonly status: string;
}

const OPERATION = 'MANAGEALFANAME';

type Command = 'GETALFANAMESLIST' | 'CHECKALFANAME' | 'ADDALFANAME';

const request = (id: Command, alfaname?: string): XmlNode => ({
  name: 'request',
  children: [
    { name: 'operation', text: OPERATION },
    { name: 'command', attributes: alfaname === undefined ? { id } : { id, alfaname } },
  ],
});

/** All sender names of the account; an answer without any is an empty list. */
export const listAlphanames = (): Operation<Alphaname[]> => ({
  operation: OPERATION,
  request: request('GETALFANAMESLIST'),
  read: (root) =>
    childrenOf(root, 'state').map((state) => {
      const alphaname = state.attributes.get('alfaname');
      if (alphaname === undefined || alphaname === '') throw new UnexpectedAnswer('has a state without a sender name');
      return { alphaname, status: attributeOf(state, 'status') ?? '' };
    }),
});

/** Status of one sender name. */
export const checkAlphanameStatus = (alphaname: string): Operation<Alphaname> => one('CHECKALFANAME', alphaname);

/** Asks for a new sender name. People at the gateway moderate it, so this is not for trying out. */
export const addAlphaname = (alphaname: string): Operation<Alphaname> => one('ADDALFANAME', alphaname);

const one = (command: Command, alphaname: string): Operation<Alphaname> => {
  const name = checkAlphaname('alphaname', alphaname, OPERATION);
  return { operation: OPERATION, request: request(command, name), read: (root) => readOne(root, name) };
};

const readOne = (root: XmlElement, name: string): Alphaname => {
  const states = childrenOf(root, 'state');
  const called = (state: XmlElement): string => state.attributes.get('alfaname') ?? name;
  // Whether case matters to the gateway is not known: the exact name first, then the same letters.
  const state =
    states.find((candidate) => called(candidate) === name) ??
    states.find((candidate) => called(candidate).toLowerCase() === name.toLowerCase());
  const status = state === undefined ? undefined : attributeOf(state, 'status');
  if (state === undefined || status === undefined) throw new UnexpectedAnswer('has no status of this sender name');
  return { alphaname: called(state), status };
};
