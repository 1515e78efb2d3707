import { parseArgs } from 'node:util';

import { type Environment, UsageError } from './command';

/** One option of a command. Without a value name it is a switch. */
export interface OptionSpec {
  readonly value?: string;
  readonly help: string;
  /** May be given several times; in the environment its values are parted by commas. */
  readonly multiple?: boolean;
}

export type OptionSpecs<K extends string> = Readonly<Record<K, OptionSpec>>;

/** Given options by name; a switch is `['true']`. */
export type Given<K extends string> = ReadonlyMap<K, readonly string[]>;

const variableOf = (prefix: string, name: string): string => `${prefix}${name.replaceAll('-', '_').toUpperCase()}`;

const isParseError = (cause: unknown): cause is { readonly message: string } =>
  typeof cause === 'object' &&
  cause !== null &&
  'message' in cause &&
  'code' in cause &&
  String(cause.code).startsWith('ERR_PARSE_ARGS_');

const TRUE = /^(?:1|true|yes|on)$/i;

const fromEnvironment = ({ value, multiple }: OptionSpec, text: string): string[] => {
  if (value === undefined) return TRUE.test(text) ? ['true'] : [];
  return multiple === true ? text.split(',').map((part) => part.trim()) : [text];
};

/**
 * Reads options from the command line and, for those not given there, from variables such as SVITSMS_SIMULATOR_DATA_DIR.
 * @throws UsageError for an unknown option or a missing value
 */
export const readOptions = <K extends string>(
  specs: OptionSpecs<K>,
  argv: readonly string[],
  env: Environment,
  prefix: string,
): Given<K> => {
  // Object.entries forgets the key type; the record has exactly the keys K.
  const entries = Object.entries(specs) as [K, OptionSpec][];
  const config = entries.map(
    ([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string', multiple: true }] as const,
  );
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args: [...argv],
      options: Object.fromEntries(config),
      strict: true,
      allowPositionals: false,
    }).values;
  } catch (cause) {
    if (isParseError(cause)) throw new UsageError(cause.message);
    throw cause;
  }
  const given = new Map<K, readonly string[]>();
  for (const [name, spec] of entries) {
    const typed = values[name];
    const variable = env[variableOf(prefix, name)];
    if (Array.isArray(typed)) given.set(name, typed.map(String));
    else if (variable !== undefined && variable !== '') {
      const read = fromEnvironment(spec, variable);
      if (read.length > 0) given.set(name, read);
    }
  }
  return given;
};

/** Lines of help for a list of options. */
export const describeOptions = (specs: Readonly<Record<string, OptionSpec>>, prefix: string): string =>
  Object.entries(specs)
    .map(([name, { value, help, multiple }]) => {
      const left = `  --${name}${value === undefined ? '' : ` ${value}`}`;
      return `${left.padEnd(28)}${help}${multiple === true ? ' (may be repeated)' : ''}\n${' '.repeat(28)}[${variableOf(prefix, name)}]`;
    })
    .join('\n');
