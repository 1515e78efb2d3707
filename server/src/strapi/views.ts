import type { DecisionView } from '../../../shared/contracts/decisions';
import type { MessageDetailResponse, MessageView } from '../../../shared/contracts/messages';
import type { Pagination } from '../../../shared/contracts/common';
import type { PauseView } from '../../../shared/contracts/status';
import { MASK } from '../../../shared/vocabulary';
import { personOf } from '../delivery/pause-all';
import type { Decision, PageRequest, Pause } from '../delivery/ports';
import type { Message } from '../domain/message';
import { maskPhone } from '../domain/phone-number';
import type { Submission } from '../domain/submission';
import { iso, isoOrNull } from './http';

/** A message as the panel sees it; number and text masked for people without `messages.read-text`. */
export const messageView = (message: Message, masked: boolean): MessageView => ({
  id: message.id,
  state: message.state,
  reason: message.reason,
  detail: message.detail,
  to: masked ? maskPhone(message.to) : message.to,
  text: masked ? MASK : message.text,
  masked,
  alphaname: message.alphaname,
  encoding: message.encoding,
  segmentCount: message.segmentCount,
  lane: message.lane,
  origin: message.origin,
  ruleKey: message.ruleKey,
  entry: message.uid && message.documentId ? { uid: message.uid, documentId: message.documentId } : null,
  batchId: message.batchId,
  campaignId: message.campaignId,
  gatewayStatus: message.gatewayStatus,
  attempts: message.attempts,
  createdAt: iso(message.createdAt),
  dueAt: iso(message.dueAt),
  expiresAt: iso(message.expiresAt),
  acceptedAt: isoOrNull(message.acceptedAt),
  statusAt: isoOrNull(message.statusAt),
  finalAt: isoOrNull(message.finalAt),
});

export const submissionView = (submission: Submission): NonNullable<MessageDetailResponse['submission']> => ({
  id: submission.id,
  state: submission.state,
  marker: submission.marker,
  size: submission.size,
  campaignId: submission.campaignId,
  errorKind: submission.errorKind,
  errorCode: submission.errorCode,
  detail: submission.detail,
  sendingAt: isoOrNull(submission.sendingAt),
  finishedAt: isoOrNull(submission.finishedAt),
  balanceBefore: submission.balanceBefore,
  balanceAfter: submission.balanceAfter,
});

export const decisionView = (decision: Decision): DecisionView => ({
  id: decision.id,
  ruleKey: decision.ruleKey,
  outcome: decision.outcome,
  reason: decision.reason,
  detail: decision.detail,
  uid: decision.uid,
  documentId: decision.documentId,
  messageCount: decision.messageCount,
  createdAt: iso(decision.createdAt),
});

export const pauseView = (pause: Pause): PauseView => ({
  scope: pause.alphaname === null ? 'account' : 'alphaname',
  alphaname: pause.alphaname,
  reason: pause.reason,
  detail: personOf(pause) === null ? pause.detail : null,
  by: personOf(pause),
  since: iso(pause.since),
  nextProbeAt: isoOrNull(pause.probeAt),
});

export const paginationOf = ({ page, pageSize }: PageRequest, total: number): Pagination => ({
  page,
  pageSize,
  pageCount: Math.max(1, Math.ceil(total / pageSize)),
  total,
});
