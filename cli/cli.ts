#!/usr/bin/env node
import { type Command, UsageError } from './command';
import { simulatorCommand } from './commands/simulator';
import { workerCommand } from './commands/worker';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['simulator', simulatorCommand],
  ['worker', workerCommand],
]);

const usage = (): string => {
  const lines = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`);
  return `Usage: strapi-plugin-svitsms <command> [options]\n\nCommands:\n${lines.join('\n')}\n\nHelp on one: strapi-plugin-svitsms <command> --help\n`;
};

/** Exit codes: 0 done, 1 failed, 2 the command line cannot be used. */
const main = async (argv: readonly string[]): Promise<number> => {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? process.stderr : process.stdout).write(usage());
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.get(name);
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${usage()}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.usage);
    return 0;
  }
  try {
    return await command.run(rest, process.env);
  } catch (cause) {
    if (cause instanceof UsageError) {
      process.stderr.write(`${cause.message}\nHelp: strapi-plugin-svitsms ${name} --help\n`);
      return 2;
    }
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 1;
  }
};

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
