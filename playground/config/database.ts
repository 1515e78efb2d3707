import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { appRoot } from '../src/setup/app-root';

/** SQLite in `playground/.tmp`, kept between runs; DATABASE_FILENAME moves it (absolute, or relative to the playground). */
const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Database => ({
  connection: {
    client: 'sqlite',
    connection: { filename: path.resolve(appRoot, env('DATABASE_FILENAME', '.tmp/data.db')) },
    useNullAsDefault: true,
  },
});

export default config;
