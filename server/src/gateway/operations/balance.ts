import { childrenOf, UnexpectedAnswer } from '../answer';
import type { Operation } from '../call';

export interface Balance {
  /** Decimal number as text with a dot, as the gateway wrote it; may be negative. Rounding is the caller's choice. */
  readonly amount: string;
  /** The account's currency; the wire names none, all accounts are kept in hryvnia. */
  readonly currency: 'UAH';
}

/** GETBALANCE. A missing balance is an error: reading it as zero would stop a shop that has money. */
export const getBalance = (): Operation<Balance> => ({
  operation: 'GETBALANCE',
  request: { name: 'request', children: [{ name: 'operation', text: 'GETBALANCE' }] },
  read: (root) => {
    const amount = childrenOf(root, 'balance')[0]?.text.trim() ?? '';
    if (!/^[+-]?\d{1,18}(\.\d{1,18})?$/.test(amount)) throw new UnexpectedAnswer('has no balance');
    return { amount: amount.replace(/^\+/, ''), currency: 'UAH' };
  },
});
