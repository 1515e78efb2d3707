import type { Sms } from './gateway/ledger';
import { isFinalStatus, type MessageStatus } from './gateway/statuses';
import { formatMoney } from './money';
import type { SmsEncoding } from './segments';

/** A message as the control API and the handset show it. Times are ISO 8601, UTC. */
export interface SmsView {
  readonly id: number;
  readonly revision: number;
  readonly recipient: string;
  readonly text: string;
  readonly alphaname: string;
  readonly status: MessageStatus;
  readonly final: boolean;
  readonly encoding: SmsEncoding;
  readonly segments: number;
  readonly cost: string;
  readonly campaignId: string;
  readonly acceptedAt: string;
  readonly sentAt: string | null;
  readonly changedAt: string;
  /** One status per part. */
  readonly parts: readonly MessageStatus[];
}

const iso = (ms: number): string => new Date(ms).toISOString();

export const viewSms = (sms: Sms): SmsView => ({
  id: sms.id,
  revision: sms.revision,
  recipient: sms.recipient,
  text: sms.text,
  alphaname: sms.alphaname,
  status: sms.status,
  final: isFinalStatus(sms.status),
  encoding: sms.encoding,
  segments: sms.parts.length,
  cost: formatMoney(sms.cost),
  campaignId: sms.campaign.id,
  acceptedAt: iso(sms.campaign.createdAt),
  sentAt: sms.sentAt === null ? null : iso(sms.sentAt),
  changedAt: iso(sms.changedAt),
  parts: sms.parts.map(({ status }) => status),
});
