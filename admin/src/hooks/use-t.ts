import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type en from '../translations/en.json';
import { PLUGIN_ID } from '../plugin-id';

/** Every key of the translations, without the plugin's prefix; a missing one is a compile error. */
export type MessageKey = keyof typeof en;
export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

/** Our texts in the person's language. Strapi falls back to English for languages we do not have. */
export const useT = (): Translate => {
  const { formatMessage } = useIntl();
  return useCallback((key, values) => formatMessage({ id: `${PLUGIN_ID}.${key}` }, values), [formatMessage]);
};
