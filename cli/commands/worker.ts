import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command';

const USAGE = `Usage: strapi-plugin-svitsms worker [--dir DIR]

A Strapi without a web server that only sends SMS; the project's own cron tasks stay with the web processes. Start it in the
folder of your Strapi project, after "strapi build", with the same environment. Stop it with SIGTERM: requests on their way
get time to bring their answers home.

Options:
  --dir DIR   folder of the Strapi project; the current one when absent
`;

/** The parts of `@strapi/strapi` that a worker needs; the project's own copy is loaded, whatever its version. */
interface StrapiModule {
  createStrapi(options: { appDir: string; distDir: string }): {
    readonly config: { set(path: string, value: unknown): unknown };
    load(): Promise<unknown>;
  };
}

/** What Strapi itself uses to find the compiled project. */
interface TypeScriptUtils {
  resolveOutDir(appDir: string): Promise<string | undefined>;
}

export const workerCommand: Command = {
  summary: 'send SMS from a process of its own, without a web server',
  usage: USAGE,
  run: async (argv) => {
    const appDir = path.resolve(readDir(argv));
    const require = requireOf(appDir);
    // Read by the plugin when it starts; it wins over the role of the web processes, whose environment may be shared.
    process.env['SVITSMS_ROLE'] = 'worker';
    // Strapi looks for .env and public/ where the process stands.
    process.chdir(appDir);
    const distDir = await distDirOf(appDir, require);
    const { createStrapi } = require('@strapi/strapi') as StrapiModule;
    const app = createStrapi({ appDir, distDir });
    app.config.set('server.cron.enabled', false);
    await app.load();
    process.stdout.write('SvitSMS worker is sending; stop it with SIGTERM\n');
    return untilStrapiEnds();
  },
};

const readDir = (argv: readonly string[]): string => {
  try {
    const { values } = parseArgs({ args: [...argv], options: { dir: { type: 'string' } }, strict: true });
    return values.dir ?? process.cwd();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The options cannot be read.');
  }
};

/** Loads packages as the project sees them: two copies of Strapi would not know each other's plugins. */
const requireOf = (appDir: string): NodeJS.Require => {
  const manifest = path.join(appDir, 'package.json');
  if (!dependsOnStrapi(manifest))
    throw new UsageError(`There is no Strapi project in ${appDir}. Start the worker there or give --dir.`);
  const require = createRequire(manifest);
  try {
    require.resolve('@strapi/strapi');
  } catch (cause) {
    throw new UsageError(`The packages of ${appDir} are not installed. Run npm install there.`, { cause });
  }
  return require;
};

/** The same test as that of `strapi start`. */
const dependsOnStrapi = (manifest: string): boolean => {
  try {
    const { dependencies }: { dependencies?: Record<string, unknown> } = JSON.parse(readFileSync(manifest, 'utf8'));
    return dependencies !== undefined && Object.hasOwn(dependencies, '@strapi/strapi');
  } catch {
    // No file, or not one that npm could read either.
    return false;
  }
};

/**
 * Where the project's JavaScript is. Like `strapi start` a worker compiles nothing: the web process may be running from the
 * same files.
 */
const distDirOf = async (appDir: string, require: NodeJS.Require): Promise<string> => {
  const tsconfig = path.join(appDir, 'tsconfig.json');
  if (!existsSync(tsconfig)) return appDir;
  // An image may hold the compiled project without its sources; Strapi's own resolver ends the process there.
  const named = /"outDir"\s*:\s*"([^"]+)"/.exec(readFileSync(tsconfig, 'utf8'))?.[1] ?? 'dist';
  const usual = path.resolve(appDir, named);
  if (existsSync(path.join(usual, 'src/index.js'))) return usual;
  const strapis = createRequire(require.resolve('@strapi/strapi'));
  const { resolveOutDir } = strapis('@strapi/typescript-utils') as TypeScriptUtils;
  const outDir = await resolveOutDir(appDir);
  if (outDir !== undefined && existsSync(outDir)) return outDir;
  throw new UsageError(`${appDir} is not built yet. Run "npm run build" there, then start the worker.`);
};

/**
 * Strapi hears SIGTERM and SIGINT itself: it ends the plugins, which drain, and then the process, with code 0. Ending it from
 * here as well would meet a closed database. The timer keeps the process alive: the plugin's own timers do not.
 */
const untilStrapiEnds = (): Promise<never> =>
  new Promise(() => {
    setInterval(() => undefined, 60_000);
  });
