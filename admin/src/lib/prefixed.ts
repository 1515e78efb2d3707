import { PLUGIN_ID } from '../../../shared/vocabulary';

/** Translation keys as Strapi wants them: all plugins share one table, so each key carries its plugin's id. */
export const prefixed = (translations: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(translations).map(([key, text]) => [`${PLUGIN_ID}.${key}`, text]));
