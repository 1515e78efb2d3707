import { attributes, document } from '../xml/writer';
import type { Account } from './account';
import { refusal, refuse, type Answer } from './replies';
import type { ApiRequest } from './request';

/** 1 to 11 printable ASCII characters, not a bare number: what operators allow (protocol notes, section 8). */
const ALLOWED = /^(?!\d+$)(?! )[\x20-\x7E]{1,11}(?<! )$/;

const list = (names: Iterable<readonly [string, string]>): Answer => ({
  body: document(
    'message',
    [...names].map(
      ([name, status]) =>
        `<state${attributes([
          ['alfaname', name],
          ['status', status],
        ])} />`,
    ),
  ),
  outcome: 'OK',
});

/** MANAGEALFANAME. Its error replies are not public: they take the shape every other refusal has. */
export const manageAlphanames = (request: ApiRequest, account: Account, now: number): Answer => {
  const command = request.subject?.attributes.get('id')?.trim() ?? '';
  const name = request.subject?.attributes.get('alfaname') ?? '';
  switch (command) {
    case 'GETALFANAMESLIST':
      return list(account.alphanames());
    case 'CHECKALFANAME': {
      const status = account.alphaname(name);
      if (status !== undefined) return list([[name, status]]);
      return account.settings.unknownAlphaname === 'empty' ? list([]) : refuse(refusal('ERRALFANAME'), now);
    }
    case 'ADDALFANAME':
      return ALLOWED.test(name) ? list([[name, account.addAlphaname(name)]]) : refuse(refusal('ERRALFANAME'), now);
    default:
      return refuse(refusal('XMLERROR'), now);
  }
};
