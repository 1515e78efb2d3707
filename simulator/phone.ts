/** Every way Ukrainians write a number; the gateway echoes 12 digits without a plus (protocol notes, section 2.3). */
const UKRAINIAN = /^(?:380|80|0)(\d{9})$/;
const UKRAINIAN_START = /^(?:380|80|0)/;
const FOREIGN = /^\d{10,15}$/;

/**
 * The number as the gateway answers it, or null for one it cannot send to. Foreign numbers of 10 to 15 digits pass: nothing
 * public says the gateway refuses them.
 */
export const normalisePhone = (written: string): string | null => {
  const digits = written.trim().replace(/^\+/, '');
  if (UKRAINIAN_START.test(digits)) {
    const national = UKRAINIAN.exec(digits)?.[1];
    return national === undefined ? null : `380${national}`;
  }
  return FOREIGN.test(digits) ? digits : null;
};

/** lifecell, once life:), the operator known to limit sender names. */
export const isLifecell = (recipient: string): boolean => /^380(?:63|73|93)/.test(recipient);
