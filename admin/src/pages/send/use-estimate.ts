import { useDebounce } from '@strapi/strapi/admin';
import type { EstimateResponse } from '../../../../shared/contracts/messages';
import { useSvitsmsEstimateQuery } from '../../api/endpoints';

/** Long enough not to ask for every letter, short enough to feel live. */
const TYPING_MS = 300;
/** Limits of the estimate's contract. */
const MOST_RECIPIENTS = 10_000;
const LONGEST_TEXT = 20_000;

interface Estimate {
  /** The latest answer, which may still be about what was typed a moment ago. */
  estimate: EstimateResponse | undefined;
  /** True until the answer is about exactly what is in the fields. */
  pending: boolean;
  error: unknown;
}

/** The server's estimate for what is being typed. */
export const useEstimate = (text: string, recipients: string[]): Estimate => {
  const typed = JSON.stringify({ text, recipients });
  const settled = useDebounce(typed, TYPING_MS);
  const empty = text === '' && recipients.length === 0;
  const { data, currentData, error } = useSvitsmsEstimateQuery(
    { text: text.slice(0, LONGEST_TEXT), recipients: recipients.slice(0, MOST_RECIPIENTS) },
    // Until typing stops the last answer stays on the screen.
    { skip: empty || settled !== typed },
  );
  return {
    estimate: empty ? undefined : data,
    pending: !empty && !error && (settled !== typed || currentData === undefined),
    error,
  };
};
