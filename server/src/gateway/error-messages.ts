import type { GatewayErrorDetails } from './errors';

/** What each code of the gateway says, and what it asks the shop owner to do. Codes: protocol reference of SENDSMS. */
const REFUSALS: ReadonlyMap<string, readonly [what: string, cure: string]> = new Map([
  ['XMLERROR', ['The gateway could not read the request', 'please report this as a fault of the plugin']],
  ['ERRPHONES', ['The gateway does not accept the phone number', 'correct the number of the recipient']],
  ['ERRSTARTTIME', ['The gateway does not accept the start time', 'choose a time that is not in the past']],
  ['ERRENDTIME', ['The gateway does not accept the end time', 'choose a time after the start']],
  ['ERRLIFETIME', ['The gateway does not accept the lifetime', 'choose 1 to 24 hours']],
  ['ERRLIVETIME', ['The gateway does not accept the lifetime', 'choose 1 to 24 hours']],
  ['ERRSPEED', ['The gateway does not accept the sending rate', 'choose 1 to 120 messages a minute']],
  [
    'ERRALFANAME',
    [
      'The gateway does not let this account use the sender name',
      'choose an active one or register it in the web cabinet',
    ],
  ],
  ['ERRTEXT', ['The gateway does not accept the text', 'remove the forbidden words or write a text']],
  ['INSUFFICIENTFUNDS', ['The account at the gateway has too little money', 'top up the balance']],
]);

/** Questions about something the gateway does not have. */
const UNKNOWN: ReadonlyMap<string, string> = new Map([
  ['MSGERROR', 'The gateway knows no such message; check the campaign id and the phone number.'],
  ['CAMPAIGNERROR', 'The gateway knows no such campaign; check the campaign id and the account.'],
]);

const SENDS = new Set(['SENDSMS']);

/** One sentence for the shop owner: what happened, what it means for the SMS, what to do. */
export const errorMessage = (details: GatewayErrorDetails): string => {
  const sending = SENDS.has(details.operation ?? '');
  const doubt = sending
    ? 'it is not known whether the SMS left; look into the web cabinet of the gateway before sending it again'
    : 'try again later';
  // Said only where somebody might fear that a text left.
  const nothing = sending ? ', so nothing was sent' : '';
  switch (details.kind) {
    case 'invalid':
      return `${details.field ?? 'argument'}: ${details.cure ?? 'is not valid'}.`;
    case 'connect':
      return `The SMS gateway could not be reached${nothing}; check the gateway address, the internet connection and the proxy.`;
    case 'timeout':
      return `The SMS gateway did not answer in time; ${doubt}.`;
    case 'reset':
      return `The connection to the SMS gateway broke before its answer was complete; ${doubt}.`;
    case 'http':
      return httpMessage(details.httpStatus ?? 0, doubt);
    case 'unreadable':
      return details.operation === 'STATUSPUSH'
        ? 'The status push is not a document of the SMS gateway and was ignored; check who sends to this address.'
        : `The SMS gateway answered with something that is not its protocol; ${doubt} and check the gateway address.`;
    case 'auth':
      return `The SMS gateway refused the login or the password${nothing}; enter the ones of the web cabinet (the login is the phone number in the form 380…).`;
    case 'refused':
      return refusal(details.code ?? 'unknown', nothing);
  }
};

const refusal = (code: string, nothing: string): string => {
  const known = REFUSALS.get(code);
  if (known) return `${known[0]}${nothing}; ${known[1]}.`;
  return (
    UNKNOWN.get(code) ??
    `The SMS gateway refused the request with the code ${code}; ask the support of the gateway what it means.`
  );
};

const httpMessage = (status: number, doubt: string): string => {
  if (status >= 300 && status < 400)
    return `The SMS gateway pointed to another address (HTTP ${status}), which is never followed; enter the final gateway address in the settings, ${doubt}.`;
  if (status >= 400 && status < 500)
    return `The SMS gateway refused the request (HTTP ${status}); check the gateway address and the proxy.`;
  return `The SMS gateway has a fault of its own (HTTP ${status}); ${doubt}.`;
};
