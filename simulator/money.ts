/** Money is kept in thousandths of a hryvnia, whole numbers: the gateway shows three decimals and binary fractions drift. */
export type Milli = number;

const DECIMAL = /^-?\d{1,12}(?:\.\d{1,3})?$/;

/** Reads `12`, `12.5`, `12.345`; null for anything else. */
export const parseMoney = (text: string): Milli | null => {
  const trimmed = text.trim();
  return DECIMAL.test(trimmed) ? Math.round(Number(trimmed) * 1000) : null;
};

/** Writes with a dot and exactly three decimals, as the gateway's balance (27.405). */
export const formatMoney = (milli: Milli): string => (milli / 1000).toFixed(3);
