import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { appRoot } from '../src/setup/app-root';
import { rules } from '../src/setup/rules';

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin => ({
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
  svitsms: {
    enabled: true,
    resolve: path.resolve(appRoot, '..'),
    // Login, password and endpoint come from the SVITSMS_* environment variables.
    config: { pricePerSegment: '0.65', rules },
  },
});

export default config;
