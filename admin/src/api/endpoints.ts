import { adminApi } from '@strapi/strapi/admin';
import type { z } from 'zod';
import type { decisionsQuery, messagesQuery } from '../../../shared/contracts';
import {
  alphanameResponse,
  alphanamesResponse,
  balanceResponse,
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
  type EstimateInput,
  type ResolveInput,
  type SendInput,
  type SendManyInput,
} from '../../../shared/contracts';
import { PLUGIN_ID } from '../plugin-id';

/** Every answer is read through its contract: a panel and a server of different versions fail here, by name, and nowhere else. */
const parsed =
  <T>(schema: z.ZodType<T>) =>
  (answer: unknown): T =>
    schema.parse(answer);

const url = (path: string): string => `/${PLUGIN_ID}${path}`;
const id = encodeURIComponent;

const api = adminApi.enhanceEndpoints({
  addTagTypes: ['SvitsmsStatus', 'SvitsmsBalance', 'SvitsmsAlphanames', 'SvitsmsMessages'],
});

/**
 * One endpoint per admin route of the plugin, on Strapi's own RTK Query api: it brings caching, polling and the right answer
 * when answers arrive out of order. Names carry the plugin's id, for all plugins share that api.
 */
const endpoints = api.injectEndpoints({
  endpoints: (build) => ({
    svitsmsStatus: build.query({
      query: (_: void) => url('/status'),
      transformResponse: parsed(statusResponse),
      providesTags: ['SvitsmsStatus'],
    }),
    svitsmsTestConnection: build.mutation({
      query: (_: void) => ({ url: url('/connection/test'), method: 'POST' as const }),
      transformResponse: parsed(connectionTestResponse),
      invalidatesTags: ['SvitsmsStatus', 'SvitsmsBalance'],
    }),
    svitsmsConfirmSite: build.mutation({
      query: (_: void) => ({ url: url('/site/confirm'), method: 'POST' as const }),
      transformResponse: parsed(statusResponse),
      invalidatesTags: ['SvitsmsStatus', 'SvitsmsMessages'],
    }),
    svitsmsPauseSending: build.mutation({
      query: (_: void) => ({ url: url('/sending/pause'), method: 'POST' as const }),
      transformResponse: parsed(statusResponse),
      invalidatesTags: ['SvitsmsStatus'],
    }),
    svitsmsResumeSending: build.mutation({
      query: (_: void) => ({ url: url('/sending/resume'), method: 'POST' as const }),
      transformResponse: parsed(statusResponse),
      invalidatesTags: ['SvitsmsStatus', 'SvitsmsMessages'],
    }),
    svitsmsCreatePushToken: build.mutation({
      query: (_: void) => ({ url: url('/push-token'), method: 'POST' as const }),
      transformResponse: parsed(pushTokenResponse),
      invalidatesTags: ['SvitsmsStatus'],
    }),
    svitsmsRemovePushToken: build.mutation({
      query: (_: void) => ({ url: url('/push-token'), method: 'DELETE' as const }),
      transformResponse: parsed(statusResponse),
      invalidatesTags: ['SvitsmsStatus'],
    }),
    svitsmsBalance: build.query({
      query: (_: void) => url('/balance'),
      transformResponse: parsed(balanceResponse),
      providesTags: ['SvitsmsBalance'],
    }),
    svitsmsAlphanames: build.query({
      query: (_: void) => url('/alphanames'),
      transformResponse: parsed(alphanamesResponse),
      providesTags: ['SvitsmsAlphanames'],
    }),
    svitsmsCheckAlphaname: build.mutation({
      query: (alphaname: string) => ({ url: url('/alphanames/check'), config: { params: { alphaname } } }),
      transformResponse: parsed(alphanameResponse),
    }),
    svitsmsRequestAlphaname: build.mutation({
      query: (alphaname: string) => ({ url: url('/alphanames'), method: 'POST' as const, data: { alphaname } }),
      transformResponse: parsed(alphanameResponse),
      invalidatesTags: ['SvitsmsAlphanames'],
    }),
    svitsmsMessages: build.query({
      query: (params: z.input<typeof messagesQuery>) => ({ url: url('/messages'), config: { params } }),
      transformResponse: parsed(messagesResponse),
      providesTags: ['SvitsmsMessages'],
    }),
    svitsmsMessage: build.query({
      query: (messageId: string) => url(`/messages/${id(messageId)}`),
      transformResponse: parsed(messageDetailResponse),
      providesTags: ['SvitsmsMessages'],
    }),
    svitsmsSend: build.mutation({
      query: (data: SendInput) => ({ url: url('/messages'), method: 'POST' as const, data }),
      transformResponse: parsed(sendResult),
      invalidatesTags: ['SvitsmsMessages', 'SvitsmsStatus'],
    }),
    svitsmsSendMany: build.mutation({
      query: (data: SendManyInput) => ({ url: url('/batches'), method: 'POST' as const, data }),
      transformResponse: parsed(sendManyResult),
      invalidatesTags: ['SvitsmsMessages', 'SvitsmsStatus'],
    }),
    svitsmsEstimate: build.query({
      query: (data: EstimateInput) => ({ url: url('/estimate'), method: 'POST' as const, data }),
      transformResponse: parsed(estimateResponse),
      // Texts and numbers of people: not kept in the browser longer than the form needs them.
      keepUnusedDataFor: 5,
    }),
    svitsmsCancel: build.mutation({
      query: (messageId: string) => ({ url: url(`/messages/${id(messageId)}/cancel`), method: 'POST' as const }),
      transformResponse: parsed(messageDetailResponse),
      invalidatesTags: ['SvitsmsMessages', 'SvitsmsStatus'],
    }),
    svitsmsRelease: build.mutation({
      query: (messageId: string) => ({ url: url(`/messages/${id(messageId)}/release`), method: 'POST' as const }),
      transformResponse: parsed(messageDetailResponse),
      invalidatesTags: ['SvitsmsMessages', 'SvitsmsStatus'],
    }),
    svitsmsCheck: build.mutation({
      query: (messageId: string) => ({ url: url(`/messages/${id(messageId)}/check`), method: 'POST' as const }),
      transformResponse: parsed(messageDetailResponse),
      invalidatesTags: ['SvitsmsMessages'],
    }),
    svitsmsResolve: build.mutation({
      query: ({ messageId, data }: { messageId: string; data: ResolveInput }) => ({
        url: url(`/messages/${id(messageId)}/resolve`),
        method: 'POST' as const,
        data,
      }),
      transformResponse: parsed(messageDetailResponse),
      invalidatesTags: ['SvitsmsMessages', 'SvitsmsStatus'],
    }),
    svitsmsDecisions: build.query({
      query: (params: z.input<typeof decisionsQuery>) => ({ url: url('/decisions'), config: { params } }),
      transformResponse: parsed(decisionsResponse),
    }),
    svitsmsCampaign: build.query({
      query: (campaignId: string) => url(`/campaigns/${id(campaignId)}`),
      transformResponse: parsed(campaignInfoResponse),
    }),
    svitsmsCampaignDetail: build.query({
      query: (campaignId: string) => url(`/campaigns/${id(campaignId)}/detail`),
      transformResponse: parsed(campaignDetailResponse),
    }),
  }),
});

export const {
  useSvitsmsStatusQuery,
  useSvitsmsTestConnectionMutation,
  useSvitsmsConfirmSiteMutation,
  useSvitsmsPauseSendingMutation,
  useSvitsmsResumeSendingMutation,
  useSvitsmsCreatePushTokenMutation,
  useSvitsmsRemovePushTokenMutation,
  useSvitsmsBalanceQuery,
  useSvitsmsAlphanamesQuery,
  useSvitsmsCheckAlphanameMutation,
  useSvitsmsRequestAlphanameMutation,
  useSvitsmsMessagesQuery,
  useSvitsmsMessageQuery,
  useSvitsmsSendMutation,
  useSvitsmsSendManyMutation,
  useSvitsmsEstimateQuery,
  useSvitsmsCancelMutation,
  useSvitsmsReleaseMutation,
  useSvitsmsCheckMutation,
  useSvitsmsResolveMutation,
  useSvitsmsDecisionsQuery,
  useSvitsmsCampaignQuery,
  useSvitsmsCampaignDetailQuery,
} = endpoints;
