import { inspect } from 'node:util';
import { createCall, type CallOptions, type Operation } from './call';
import { createHttpTransport } from './http-transport';
import { addAlphaname, checkAlphanameStatus, listAlphanames, type Alphaname } from './operations/alphanames';
import { getBalance, type Balance } from './operations/balance';
import { getCampaignDetail, type CampaignDetail } from './operations/campaign-detail';
import { getCampaignInfo, type CampaignInfo } from './operations/campaign-info';
import { getMessageStatus, type MessageStatus } from './operations/message-status';
import { sendSms, type SendSmsInput, type SendSmsResult } from './operations/send-sms';
import { parseStatusPush } from './operations/status-push';
import { checkOptions, type GatewayClientOptions } from './options';
import { secretsOf } from './safe-cause';

/**
 * The SMS-HTTP gateway. Every method puts at most one request on the wire, never repeats it, follows no redirect, and
 * fails with a GatewayError only.
 */
export interface GatewayClient {
  /** Where the client sends to. */
  readonly endpoint: string;
  /** SENDSMS: one text for one or many, or a text for each. */
  sendSms(input: SendSmsInput, options?: CallOptions): Promise<SendSmsResult>;
  /** GETBALANCE. */
  getBalance(options?: CallOptions): Promise<Balance>;
  /** GETMESSAGESTATUS: one message. */
  getMessageStatus(campaignId: string, recipient: string, options?: CallOptions): Promise<MessageStatus>;
  /** GETCAMPAIGNINFO: figures of a campaign. */
  getCampaignInfo(campaignId: string, options?: CallOptions): Promise<CampaignInfo>;
  /** GETCAMPAIGNDETAIL: every message of a campaign. */
  getCampaignDetail(campaignId: string, options?: CallOptions): Promise<CampaignDetail>;
  /** MANAGEALFANAME GETALFANAMESLIST: all sender names of the account. */
  listAlphanames(options?: CallOptions): Promise<Alphaname[]>;
  /** MANAGEALFANAME CHECKALFANAME: one sender name. */
  checkAlphaname(alphaname: string, options?: CallOptions): Promise<Alphaname>;
  /** MANAGEALFANAME ADDALFANAME: asks people at the gateway for a new sender name. */
  addAlphaname(alphaname: string, options?: CallOptions): Promise<Alphaname>;
  /** Reads a status push; nothing is sent. */
  parseStatusPush(body: Buffer | string): MessageStatus[];
}

/**
 * Makes a client. It holds no connection between calls, so there is nothing to close.
 *
 * @throws GatewayError of kind `invalid`, at once, naming the wrong option
 */
export const createGatewayClient = (options: GatewayClientOptions): GatewayClient => {
  const checked = checkOptions(options);
  const { endpoint, login, password, proxyUrl } = checked;
  const call = createCall({
    transport: options.transport ?? createHttpTransport(checked),
    headers: {
      authorization: `Basic ${Buffer.from(`${login}:${password}`, 'utf8').toString('base64')}`,
      'content-type': 'text/xml; charset=utf-8',
      accept: 'text/xml',
      'user-agent': 'strapi-plugin-svitsms',
    },
    secrets: [
      ...secretsOf(login, password),
      ...(proxyUrl === undefined || proxyUrl.password === ''
        ? []
        : secretsOf(decodeURIComponent(proxyUrl.username), decodeURIComponent(proxyUrl.password))),
    ],
  });
  // Arguments are checked inside the promise, so that every failure of a method arrives the same way.
  const run = async <T>(build: () => Operation<T>, callOptions?: CallOptions): Promise<T> => call(build(), callOptions);
  const client: GatewayClient = {
    endpoint: endpoint.href,
    sendSms: (input, callOptions) => run(() => sendSms(input), callOptions),
    getBalance: (callOptions) => run(getBalance, callOptions),
    getMessageStatus: (id, recipient, callOptions) => run(() => getMessageStatus(id, recipient), callOptions),
    getCampaignInfo: (id, callOptions) => run(() => getCampaignInfo(id), callOptions),
    getCampaignDetail: (id, callOptions) => run(() => getCampaignDetail(id), callOptions),
    listAlphanames: (callOptions) => run(listAlphanames, callOptions),
    checkAlphaname: (name, callOptions) => run(() => checkAlphanameStatus(name), callOptions),
    addAlphaname: (name, callOptions) => run(() => addAlphaname(name), callOptions),
    parseStatusPush,
  };
  // The credentials live in closures only; this line just makes a logged client readable.
  Object.defineProperty(client, inspect.custom, { value: () => `GatewayClient { endpoint: '${endpoint.href}' }` });
  return Object.freeze(client);
};
