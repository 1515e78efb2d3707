import type { MessageDetailResponse } from '../../../shared/contracts/messages';
import { howItEnded } from '../lib/particulars';
import { useT } from './use-t';

/** How the request of a message ended, in one line; null when there is nothing to tell. */
export const useHowItEnded = (message: MessageDetailResponse): string | null => {
  const t = useT();
  const { key, words } = howItEnded(message);
  return [key && t(key), words].filter(Boolean).join(': ') || null;
};
