import type { MessageView } from '../../../shared/contracts/messages';

/** The gateway's words for a message, in lower case, that we can explain to a person. Others are shown as they came. */
export const GATEWAY_WORDS = [
  'new',
  'pending',
  'sent',
  'delivered',
  'expired',
  'undeliv',
  'stoped',
  'userstoped',
  'error',
  'alfanamelimited',
  'stopflag',
  'accepted',
] as const;
export type GatewayWord = (typeof GATEWAY_WORDS)[number];

/** The word we can explain, or null for one nobody has seen yet. */
export const knownWord = (status: MessageView['gatewayStatus']): GatewayWord | null =>
  GATEWAY_WORDS.find((word) => word === status?.trim().toLowerCase()) ?? null;
