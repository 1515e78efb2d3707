import type { PermissionId } from '../../../../shared/vocabulary';
import { may, mayOneOf } from '../permissions';

const route = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  handler: string,
  ...permissions: readonly PermissionId[]
) => ({
  method,
  path,
  handler,
  config: { policies: may(...permissions) },
});

/** The panel's routes, each under the permission of what it does; see shared/contracts for what they take and give. */
export default {
  admin: {
    type: 'admin',
    routes: [
      {
        ...route('GET', '/status', 'account.status'),
        config: {
          policies: mayOneOf(
            'messages.read',
            'settings.read',
            'send.one',
            'send.bulk',
            'alphanames.read',
            'sending.pause',
          ),
        },
      },
      route('POST', '/connection/test', 'account.test', 'settings.update'),
      route('POST', '/site/confirm', 'account.confirmSite', 'settings.update'),
      route('POST', '/sending/pause', 'sending.pause', 'sending.pause'),
      route('POST', '/sending/resume', 'sending.resume', 'sending.pause'),
      route('POST', '/push-token', 'push.create', 'settings.update'),
      route('DELETE', '/push-token', 'push.remove', 'settings.update'),
      route('GET', '/balance', 'account.balance', 'settings.read'),
      route('GET', '/alphanames', 'account.alphanames', 'alphanames.read'),
      route('GET', '/alphanames/check', 'account.checkAlphaname', 'alphanames.read'),
      route('POST', '/alphanames', 'account.addAlphaname', 'alphanames.manage'),
      route('GET', '/campaigns/:campaignId', 'account.campaign', 'messages.read'),
      route('GET', '/campaigns/:campaignId/detail', 'account.campaignDetail', 'messages.read', 'messages.read-text'),
      route('GET', '/messages', 'messages.find', 'messages.read'),
      route('GET', '/messages/:id', 'messages.findOne', 'messages.read'),
      route('POST', '/messages', 'messages.send', 'send.one'),
      route('POST', '/messages/:id/cancel', 'messages.cancel', 'messages.manage'),
      route('POST', '/messages/:id/release', 'messages.release', 'messages.manage'),
      route('POST', '/messages/:id/check', 'messages.check', 'messages.read'),
      route('POST', '/messages/:id/resolve', 'messages.resolve', 'messages.manage'),
      route('POST', '/batches', 'sending.sendMany', 'send.bulk'),
      route('GET', '/batches/:id', 'sending.batch', 'messages.read'),
      {
        ...route('POST', '/estimate', 'sending.estimate'),
        config: { policies: mayOneOf('send.one', 'send.bulk') },
      },
      route('GET', '/decisions', 'decisions.find', 'messages.read'),
    ],
  },
};
