import { createRequire } from 'node:module';
import path from 'node:path';
import { insideDocumentAction } from '../../server/src/strapi/document-trigger';
import { bootStrapi, type Booted } from '../../tests/support/strapi';

type Middleware = (context: unknown, next: () => Promise<unknown>) => Promise<unknown>;
interface Manager {
  use(middleware: Middleware): unknown;
}
interface ManagerModule {
  createMiddlewareManager(): Manager;
}

/** A real Strapi shop whose plugin can be taken out of the way of a save. */
export interface BenchShop extends Booted {
  /** Saves as if the plugin were not installed: neither its middleware nor its lifecycles do anything. */
  without<T>(uid: string, save: () => Promise<T>): Promise<T>;
}

/** Who registers a document middleware, as the call stack tells. */
const BOOTSTRAP = path.join('server', 'src', 'strapi', 'bootstrap');

/**
 * Strapi offers no way to remove a document middleware, so its manager is taken hold of before it starts: the one middleware
 * that the plugin registers gets a switch, at the price of one comparison in both halves of the measurement.
 */
export const openBenchShop = async (plugin: Record<string, unknown>): Promise<BenchShop> => {
  let bypassed = false;
  let found = 0;
  const load = createRequire(__filename);
  const core = path.dirname(load.resolve('@strapi/core/package.json'));
  const manager = load(
    path.join(core, 'dist/services/document-service/middlewares/middleware-manager.js'),
  ) as ManagerModule;
  const create = manager.createMiddlewareManager;
  manager.createMiddlewareManager = () => {
    const made = create();
    const use = made.use.bind(made);
    made.use = (middleware) => {
      if (!(new Error().stack ?? '').includes(BOOTSTRAP)) return use(middleware);
      found++;
      return use((context, next) => (bypassed ? next() : middleware(context, next)));
    };
    return made;
  };
  const booted = await bootStrapi({ plugin }).finally(() => (manager.createMiddlewareManager = create));
  if (found !== 1) throw new Error(`Expected one middleware of the plugin, found ${found}`);
  return {
    ...booted,
    without: async (uid, save) => {
      bypassed = true;
      try {
        // The mark that silences the lifecycles of the type, as inside a document action.
        return await insideDocumentAction.run(uid, save);
      } finally {
        bypassed = false;
      }
    },
  };
};
