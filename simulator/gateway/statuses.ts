/** Message statuses of the wire in the order GETCAMPAIGNINFO was captured with; some clients count positions. */
export const MESSAGE_STATUSES = [
  'STOPFLAG',
  'ALFANAMELIMITED',
  'ERROR',
  'USERSTOPED',
  'STOPED',
  'UNDELIV',
  'EXPIRED',
  'DELIVERED',
  'SENT',
  'PENDING',
  'NEW',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Statuses that still move. */
const MOVING: ReadonlySet<string> = new Set<MessageStatus>(['NEW', 'PENDING', 'SENT', 'STOPFLAG']);

export const isFinalStatus = (status: MessageStatus): boolean => !MOVING.has(status);

/** Final statuses of messages that were never handed to the operator, so they have no SENT before them. */
const UNSENT: ReadonlySet<string> = new Set<MessageStatus>([
  'STOPED',
  'USERSTOPED',
  'ERROR',
  'ALFANAMELIMITED',
  'STOPFLAG',
]);

export const skipsSent = (status: MessageStatus): boolean => UNSENT.has(status);

/** Sender name statuses of the wire (protocol notes, section 8). */
export const ALPHANAME_STATUSES = ['ACTIVE', 'MODERATE', 'BLOCKED', 'LIMITED'] as const;
export type AlphanameStatus = (typeof ALPHANAME_STATUSES)[number];
