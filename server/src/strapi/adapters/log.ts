import type { Core } from '@strapi/strapi';
import type { Log } from '../../delivery/ports';

/** Strapi's log with our name before each line. Only sentences arrive here: no numbers, texts or secrets. */
export const createLog = (strapi: Core.Strapi): Log => ({
  info: (message) => strapi.log.info(`[svitsms] ${message}`),
  warn: (message) => strapi.log.warn(`[svitsms] ${message}`),
  error: (message) => strapi.log.error(`[svitsms] ${message}`),
});
