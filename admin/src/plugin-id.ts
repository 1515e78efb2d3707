import { PLUGIN_ID } from '../../shared/vocabulary';

export { PLUGIN_ID };

/** Where the plugin's pages live in the admin panel. */
export const BASE_PATH = `/plugins/${PLUGIN_ID}`;

/** Where its settings page lives. */
export const SETTINGS_PATH = `/settings/${PLUGIN_ID}`;
