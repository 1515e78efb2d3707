/** Every limit of the wire client, each with its reason. Nothing else in this folder names a number of its own. */

/** The documented address of the gateway's SMS-HTTP interface. */
export const DEFAULT_ENDPOINT = 'https://svitsms.com/api/api.php';

/** Whole call, milliseconds. Long on purpose: giving up early turns a sent SMS into one nobody knows the fate of. */
export const DEFAULT_TIMEOUT_MS = 60_000;
/** Upper bound of both timeouts; longer waits are almost certainly seconds written as milliseconds of milliseconds. */
export const MAX_TIMEOUT_MS = 600_000;
/** Name look-up, TCP, proxy and TLS together. Short, because failing here is proof that nothing was sent. */
export const DEFAULT_CONNECT_TIMEOUT_MS = 5_000;

/** `lifetime`: hours the mobile operator keeps trying; documented range. */
export const LIFETIME_HOURS = { min: 1, max: 24, default: 24 } as const;
/** `rate`: messages per minute of one campaign; documented range. A single SMS always goes at full speed. */
export const RATE_PER_MINUTE = { min: 1, max: 120, default: 120 } as const;

/** Digits of a number in international form without the plus: ITU-T E.164 ends at 15; under 10 no mobile number exists. */
export const RECIPIENT_DIGITS = { min: 10, max: 15 } as const;
/**
 * Recipients of one request. The gateway documents none; this one only keeps a mistaken call from building a document of
 * many megabytes. Sensible chunks are far smaller (a lost answer leaves the whole chunk in doubt).
 */
export const MAX_RECIPIENTS = 10_000;
/**
 * Characters of one text. The gateway documents none; a concatenated SMS numbers its parts in one byte, so no phone can
 * receive more than 255 parts of 153 characters.
 */
export const MAX_TEXT_LENGTH = 255 * 153;
/** Characters of a description. No documented limit; it is a label in the web cabinet, and 255 is what such columns hold. */
export const MAX_DESCRIPTION_LENGTH = 255;
/** Characters of an alphaname: the sender field of GSM 03.40 holds 11 seven-bit characters. */
export const MAX_ALPHANAME_LENGTH = 11;
/** Characters of a campaign id we pass on or keep. Ids seen have 7 digits; far longer ones are no ids. */
export const MAX_ID_LENGTH = 64;

/** Bytes of a SENDSMS answer: room for the state sentence (stop words, an error page) ... */
export const SEND_ANSWER_BASE_BYTES = 64 * 1024;
/** ... plus one `to` element (60 bytes seen) with space to spare for each recipient asked for. */
export const SEND_ANSWER_BYTES_PER_RECIPIENT = 160;
/** Bytes of any other answer: some 10 000 parts of a campaign detail, 180 bytes each. */
export const MAX_ANSWER_BYTES = 2 * 1024 * 1024;
/** Bytes of a status push: a few hundred states; the sender is not authenticated, so it gets no more. */
export const MAX_PUSH_BYTES = 64 * 1024;

/** Depth of elements: the deepest known answer has three levels. */
export const MAX_XML_DEPTH = 8;
/** Elements of one document: twice what the largest allowed answer can hold in the gateway's own spelling. */
export const MAX_XML_ELEMENTS = 25_000;
/** Attributes of one element: the richest known element has six. */
export const MAX_XML_ATTRIBUTES = 32;
/** Characters from `<` to the next `>`: known tags stay under 250; parsers are slowest on a giant tag. */
export const MAX_XML_TAG_LENGTH = 4_096;

/** Characters of the gateway's own sentence kept on an error: enough for its longest known sentence and some stop words. */
export const MAX_GATEWAY_TEXT_LENGTH = 300;
/** Characters of a code kept on an error; the longest known is 17. */
export const MAX_CODE_LENGTH = 40;
/** Characters at the start of a plain text answer searched for the words of a wrong login. */
export const PLAIN_TEXT_PREFIX_LENGTH = 64;
