import { Message } from '@strapi/icons';
import type { PluginDefinition } from '@strapi/strapi/admin';
import { addEntryPanel } from './content-manager/add-entry-panel';
import { guards } from './permissions';
import { BASE_PATH, PLUGIN_ID, SETTINGS_PATH } from './plugin-id';
import { prefixed } from './lib/prefixed';

const label = (key: string, defaultMessage: string) => ({ id: `${PLUGIN_ID}.${key}`, defaultMessage });

/** The languages we have; for others Strapi shows English. */
const TRANSLATIONS: Readonly<Record<string, () => Promise<{ default: Record<string, string> }>>> = {
  en: () => import('./translations/en.json'),
  uk: () => import('./translations/uk.json'),
};

/** The admin side of the plugin: what it adds to Strapi's panel. Pages load when they are opened. */
export default {
  register(app) {
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
    app.addMenuLink({
      to: BASE_PATH.slice(1),
      icon: Message,
      intlLabel: label('plugin.name', 'SMS'),
      permissions: guards('messages.read', 'send.one', 'alphanames.read'),
      Component: () => import('./pages/App'),
    });
    app.addSettingsLink(
      { id: PLUGIN_ID, intlLabel: label('plugin.name', 'SMS') },
      {
        id: `${PLUGIN_ID}-connection`,
        to: SETTINGS_PATH.replace('/settings/', ''),
        intlLabel: label('nav.connection', 'Connection'),
        permissions: guards('settings.read', 'sending.pause'),
        Component: () => import('./pages/connection/ConnectionPage'),
      },
    );
    app.widgets.register({
      id: 'sms',
      pluginId: PLUGIN_ID,
      icon: Message,
      title: label('widget.title', 'SMS'),
      link: { label: label('widget.link', 'Open the log'), href: BASE_PATH },
      component: async () => (await import('./widget/SmsWidget')).default,
      permissions: guards('messages.read'),
    });
  },

  bootstrap(app) {
    addEntryPanel(app.getPlugin('content-manager'));
  },

  async registerTrads({ locales }) {
    return Promise.all(
      locales.map(async (locale) => {
        const load = TRANSLATIONS[locale];
        return { locale, data: load ? prefixed((await load()).default) : {} };
      }),
    );
  },
} satisfies PluginDefinition;
