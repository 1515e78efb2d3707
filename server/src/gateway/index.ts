/** The wire client of the SMS-HTTP gateway, also published on its own: it needs no Strapi. */
export { createGatewayClient, type GatewayClient } from './client';
export type { GatewayClientOptions } from './options';
export type { CallOptions } from './call';
export { GatewayError, isGatewayError, type GatewayErrorKind, type GatewayOperation, type RequestSent } from './errors';
export {
  alphanameMeaning,
  refusalScope,
  statusMeaning,
  stopWordsOf,
  type AlphanameMeaning,
  type RefusalScope,
  type StatusMeaning,
} from './codes';
export { alphanameWarnings } from './alphaname-warnings';
export { fromKyivTime, toKyivTime } from './kyiv-time';
export { parseStatusPush } from './operations/status-push';
export { TransportFault, type Transport, type TransportAnswer, type TransportRequest } from './transport';
export type { Alphaname } from './operations/alphanames';
export type { Balance } from './operations/balance';
export type { Campaign } from './operations/campaign';
export type { CampaignDetail, CampaignMessage, MessagePart } from './operations/campaign-detail';
export type { CampaignInfo } from './operations/campaign-info';
export type { MessageStatus } from './operations/message-status';
export type {
  RecipientResult,
  SendIndividualTexts,
  SendOneText,
  SendSmsInput,
  SendSmsResult,
  SendSmsSettings,
} from './operations/send-sms';
