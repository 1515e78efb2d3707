/** The code Node gives its errors (ENOENT, ERR_…), or undefined. Asking for it works across realms, unlike `instanceof`. */
export const errorCode = (cause: unknown): string | undefined =>
  typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : undefined;
