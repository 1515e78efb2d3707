import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../../../../shared/vocabulary';
import alphanames from './alphanames';
import balance from './balance';
import campaigns from './campaigns';
import sms from './sms';

const services = { sms, balance, alphanames, campaigns };
export default services;

/** What `strapi.plugin('svitsms').service(name)` gives, by name. */
export type Services = { [Name in keyof typeof services]: ReturnType<(typeof services)[Name]> };

/** A service of this plugin with its type. */
export const getService = <Name extends keyof Services>(strapi: Core.Strapi, name: Name): Services[Name] =>
  strapi.plugin(PLUGIN_ID).service(name);
