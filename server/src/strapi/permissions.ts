import { PERMISSIONS, permissionUid, PLUGIN_ID, type PermissionId } from '../../../shared/vocabulary';

const NAMES: Readonly<Record<PermissionId, { readonly name: string; readonly group: string }>> = {
  'settings.read': { name: 'See connection and settings', group: 'settings' },
  'settings.update': { name: 'Test the connection and change settings', group: 'settings' },
  'alphanames.read': { name: 'See sender names', group: 'sender names' },
  'alphanames.manage': { name: 'Request sender names', group: 'sender names' },
  'messages.read': { name: 'See messages', group: 'messages' },
  'messages.read-text': { name: 'See numbers and texts unmasked', group: 'messages' },
  'messages.manage': { name: 'Cancel messages and decide about those in doubt', group: 'messages' },
  'send.one': { name: 'Send an SMS', group: 'sending' },
  'send.bulk': { name: 'Send to many', group: 'sending' },
  'sending.pause': { name: 'Pause all sending and resume it', group: 'sending' },
};

/** Permissions as Strapi's permission provider takes them. */
export const ACTIONS = PERMISSIONS.map((uid) => ({
  section: 'plugins',
  displayName: NAMES[uid].name,
  uid,
  subCategory: NAMES[uid].group,
  pluginName: PLUGIN_ID,
}));

/** Route policies: signed in to the panel and allowed to do one of these. */
export const mayOneOf = (...ids: readonly PermissionId[]): readonly unknown[] => [
  'admin::isAuthenticatedAdmin',
  { name: `plugin::${PLUGIN_ID}.has-one-of`, config: { actions: ids.map(permissionUid) } },
];

/** Strapi's own policy asks for all actions of a list; some of our pages serve several permissions. */
export const policies = {
  'has-one-of': (
    context: { state: { userAbility?: { can(action: string): boolean } } },
    { actions }: { actions: readonly string[] },
  ): boolean => actions.some((action) => context.state.userAbility?.can(action) === true),
};

/** Route policies: signed in to the panel and allowed to do all of these. */
export const may = (...ids: readonly PermissionId[]): readonly unknown[] => [
  'admin::isAuthenticatedAdmin',
  { name: 'admin::hasPermissions', config: { actions: ids.map(permissionUid) } },
];
