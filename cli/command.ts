/** One command of `strapi-plugin-svitsms`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Full help. */
  readonly usage: string;
  /**
   * Runs it. Promises the exit code, for a server when it has stopped.
   * @param argv what follows the command's name
   * @throws UsageError for arguments that cannot be used
   */
  run(argv: readonly string[], env: Environment): Promise<number>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The command line cannot be used; the message says what and how to cure it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
