import type { EstimateResponse, SendInput, SendManyInput } from '../../../shared/contracts/messages';
import type { Money } from '../../../shared/contracts/common';
import type { MessageKey } from '../hooks/use-t';
import { sumMoney } from './money';
import { splitRecipients } from './recipients';

export interface SendRow {
  /** Stable identity of the row on the screen. */
  id: string;
  to: string;
  text: string;
}

export interface SendContent {
  mode: 'same' | 'individual';
  recipients: string;
  text: string;
  rows: SendRow[];
  /** Empty means the default sender name. */
  alphaname: string;
}

/**
 * `dedupeKey` belongs to the content: the same content pressed twice is one sending, even when the first answer was lost;
 * changed content is a new one.
 */
export interface SendForm extends SendContent {
  dedupeKey: string;
}

export const emptyForm = (newId: () => string): SendForm => ({
  mode: 'same',
  recipients: '',
  text: '',
  rows: [{ id: newId(), to: '', text: '' }],
  alphaname: '',
  dedupeKey: newId(),
});

export const withContent = (form: SendForm, change: Partial<SendContent>, newId: () => string): SendForm => ({
  ...form,
  ...change,
  dedupeKey: newId(),
});

/** What goes to the server: one message has a route of its own, so that a role may be allowed only that. */
export type SendRequest = { kind: 'one'; input: SendInput } | { kind: 'many'; input: SendManyInput };

export const toRequest = (form: SendForm): SendRequest => {
  const common = { dedupeKey: form.dedupeKey, ...(form.alphaname.trim() ? { alphaname: form.alphaname.trim() } : {}) };
  const messages =
    form.mode === 'individual'
      ? form.rows.map(({ to, text }) => ({ to: to.trim(), text }))
      : splitRecipients(form.recipients).map((to) => ({ to, text: form.text }));
  const [first] = messages;
  if (first && messages.length === 1) return { kind: 'one', input: { ...first, ...common } };
  if (form.mode === 'individual') return { kind: 'many', input: { messages, ...common } };
  return { kind: 'many', input: { recipients: messages.map(({ to }) => to), text: form.text, ...common } };
};

/** The whole sending as the review shows it. */
export interface Totals {
  people: number;
  duplicates: number;
  bad: { to: string; message: string }[];
  segmentCount: number;
  cost: Money | null;
}

/** Adds up the estimates of every text. */
export const totalOf = (estimates: readonly EstimateResponse[]): Totals => ({
  people: estimates.reduce((sum, { recipients }) => sum + recipients.valid, 0),
  duplicates: estimates.reduce((sum, { recipients }) => sum + recipients.duplicates, 0),
  bad: estimates.flatMap(({ recipients }) => recipients.bad),
  segmentCount: estimates.reduce((sum, { recipients, segmentCount }) => sum + recipients.valid * segmentCount, 0),
  cost: sumMoney(estimates.map(({ cost }) => cost)),
});

/** What still keeps the form from being sent, in the order of the fields. */
export const formProblem = (form: SendForm, totals: Totals, maySendMany: boolean): MessageKey | null => {
  if (form.mode === 'individual' && form.rows.some(({ to, text }) => !to.trim() || !text.trim()))
    return 'send.need-row';
  if (form.mode === 'same' && !form.text.trim()) return 'send.need-text';
  if (totals.people === 0) return 'send.need-recipient';
  if (toRequest(form).kind === 'many' && !maySendMany) return 'send.need-bulk';
  return null;
};
