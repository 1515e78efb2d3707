import { FAULT_KINDS, type FaultKind } from '../../../shared/vocabulary';
import type { MessageKey } from '../hooks/use-t';

/** What the data hooks hand over when a call fails: Strapi's error body, or an error of the browser's. */
interface CallError {
  name: string | undefined;
  message: string | undefined;
  status: number | undefined;
  /** The gateway's fault, when the server asked the gateway and was let down. */
  fault: FaultKind | 'not_configured' | undefined;
}

/** What to tell the person: one of our own sentences, the server's words, or both. */
export interface ErrorText {
  key: MessageKey | null;
  words: string | null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const FAULTS = [...FAULT_KINDS, 'not_configured'] as const;

const toCallError = (error: unknown): CallError => {
  const fields = isRecord(error) ? error : {};
  const details = isRecord(fields['details']) ? fields['details'] : {};
  return {
    name: textOf(fields['name']),
    message: textOf(fields['message']),
    status: typeof fields['status'] === 'number' ? fields['status'] : undefined,
    fault: FAULTS.find((fault) => fault === details['fault']),
  };
};

/** The fault of the gateway that let a call fail. */
export const faultOf = (error: unknown): CallError['fault'] => toCallError(error).fault;

/** A failed call in a person's words. The server's own sentence wins, it names the field and the cure. */
export const errorText = (error: unknown): ErrorText => {
  const { name, message, status, fault } = toCallError(error);
  if (name === 'ZodError') return { key: 'error.unreadable', words: null };
  if (status === 403) return { key: 'error.forbidden', words: null };
  if (status === undefined || !message) return { key: 'error.no-answer', words: null };
  return { key: fault ? `fault.${fault}.title` : null, words: message };
};
