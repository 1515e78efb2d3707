import type { z } from 'zod';
import {
  alphanameResponse,
  alphanamesResponse,
  balanceResponse,
  batchResponse,
  campaignDetailResponse,
  campaignInfoResponse,
  connectionTestResponse,
  decisionsResponse,
  estimateResponse,
  messageDetailResponse,
  messagesResponse,
  pushTokenResponse,
  sendManyResult,
  sendResult,
  statusResponse,
} from '../../../shared/contracts';
import { getService } from '../../../server/src/strapi/services';
import type { PermissionId } from '../../../shared/vocabulary';
import type { Shop } from '../../support/shop';
import { lostAnswer } from './clean';
import type { Call } from './people';

/** One good request of a route: what it needs first, whom it lets in, and what it answers with. */
export interface RouteSample {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As the routes file spells it. */
  readonly route: string;
  readonly permissions: readonly PermissionId[];
  /** Any of the permissions lets in; else all are needed. */
  readonly oneIsEnough?: boolean;
  readonly answer: z.ZodType;
  readonly call?: Call;
  /** Value of the parameter in the path, made ready before the request. */
  readonly parameter?: (shop: Shop) => Promise<string>;
}

const TO = '+380671112233';
const send = (shop: Shop, more: object = {}): Promise<{ id: string }> =>
  shop.strapi
    .plugin('svitsms')
    .service('sms')
    .send({ to: TO, text: 'Ваше замовлення чекає', ...more });

const delivered = async (shop: Shop): Promise<{ id: string; campaignId: string }> => {
  await send(shop);
  const [message] = await shop.settled(1, 'accepted', 'sent', 'delivered');
  return { id: message?.id ?? '', campaignId: message?.campaignId ?? '' };
};
const waiting = async (shop: Shop): Promise<string> =>
  (await send(shop, { dueAt: new Date(Date.now() + 3_600_000) })).id;
const held = async (shop: Shop): Promise<string> => {
  const id = await waiting(shop);
  await shop.container.ledger.messages.holdWaiting('for the test', Date.now() + 1);
  return id;
};

export const SAMPLES: readonly RouteSample[] = [
  {
    method: 'GET',
    route: '/status',
    permissions: ['messages.read', 'settings.read', 'send.one', 'send.bulk', 'alphanames.read', 'sending.pause'],
    oneIsEnough: true,
    answer: statusResponse,
  },
  { method: 'POST', route: '/connection/test', permissions: ['settings.update'], answer: connectionTestResponse },
  { method: 'POST', route: '/site/confirm', permissions: ['settings.update'], answer: statusResponse },
  { method: 'POST', route: '/sending/pause', permissions: ['sending.pause'], answer: statusResponse },
  { method: 'POST', route: '/sending/resume', permissions: ['sending.pause'], answer: statusResponse },
  { method: 'POST', route: '/push-token', permissions: ['settings.update'], answer: pushTokenResponse },
  { method: 'DELETE', route: '/push-token', permissions: ['settings.update'], answer: statusResponse },
  { method: 'GET', route: '/balance', permissions: ['settings.read'], answer: balanceResponse },
  { method: 'GET', route: '/alphanames', permissions: ['alphanames.read'], answer: alphanamesResponse },
  {
    method: 'GET',
    route: '/alphanames/check',
    permissions: ['alphanames.read'],
    answer: alphanameResponse,
    call: { query: { alphaname: 'MyShop' } },
  },
  {
    method: 'POST',
    route: '/alphanames',
    permissions: ['alphanames.manage'],
    answer: alphanameResponse,
    call: { body: { alphaname: 'NewShop' } },
  },
  {
    method: 'GET',
    route: '/campaigns/:campaignId',
    permissions: ['messages.read'],
    answer: campaignInfoResponse,
    parameter: async (shop) => (await delivered(shop)).campaignId,
  },
  {
    method: 'GET',
    route: '/campaigns/:campaignId/detail',
    permissions: ['messages.read', 'messages.read-text'],
    answer: campaignDetailResponse,
    parameter: async (shop) => (await delivered(shop)).campaignId,
  },
  { method: 'GET', route: '/messages', permissions: ['messages.read'], answer: messagesResponse },
  {
    method: 'GET',
    route: '/messages/:id',
    permissions: ['messages.read'],
    answer: messageDetailResponse,
    parameter: async (shop) => (await delivered(shop)).id,
  },
  {
    method: 'POST',
    route: '/messages',
    permissions: ['send.one'],
    answer: sendResult,
    call: { body: { to: TO, text: 'Вітаємо' } },
  },
  {
    method: 'POST',
    route: '/messages/:id/cancel',
    permissions: ['messages.manage'],
    answer: messageDetailResponse,
    parameter: waiting,
  },
  {
    method: 'POST',
    route: '/messages/:id/release',
    permissions: ['messages.manage'],
    answer: messageDetailResponse,
    parameter: held,
  },
  {
    method: 'POST',
    route: '/messages/:id/check',
    permissions: ['messages.read'],
    answer: messageDetailResponse,
    parameter: async (shop) => (await delivered(shop)).id,
  },
  {
    method: 'POST',
    route: '/messages/:id/resolve',
    permissions: ['messages.manage'],
    answer: messageDetailResponse,
    call: { body: { decision: 'close' } },
    parameter: lostAnswer,
  },
  {
    method: 'POST',
    route: '/batches',
    permissions: ['send.bulk'],
    answer: sendManyResult,
    call: { body: { recipients: [TO], text: 'Вітаємо' } },
  },
  {
    method: 'GET',
    route: '/batches/:id',
    permissions: ['messages.read'],
    answer: batchResponse,
    parameter: async (shop) =>
      (await getService(shop.strapi, 'sms').sendMany({ recipients: [TO], text: 'Вітаємо' })).batchId,
  },
  {
    method: 'POST',
    route: '/estimate',
    permissions: ['send.one', 'send.bulk'],
    oneIsEnough: true,
    answer: estimateResponse,
    call: { body: { text: 'Вітаємо', recipients: [TO, 'abc'] } },
  },
  { method: 'GET', route: '/decisions', permissions: ['messages.read'], answer: decisionsResponse },
];
