import { siteSecret } from './0001-site-secret';
import type { Migration } from './run';

/** In order of their numbers; new ones are added at the end. */
export const MIGRATIONS: readonly Migration[] = [siteSecret];
