import { useIntl } from 'react-intl';
import type { Money } from '../../../shared/contracts/common';

/** Formats hryvnias for the person's language. A float is exact enough for showing; nothing is counted with it. */
export const useMoney = (): ((money: Money) => string) => {
  const { formatNumber } = useIntl();
  return ({ amount, currency }) =>
    formatNumber(Number(amount), {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 3,
    });
};
