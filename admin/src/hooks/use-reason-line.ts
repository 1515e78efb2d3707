import type { MessageView } from '../../../shared/contracts/messages';
import { knownWord } from '../lib/gateway-words';
import { useT } from './use-t';

/** One line of why a message is as it is, for lists; null when there is nothing to say. */
export const useReasonLine = ({ reason, gatewayStatus }: Pick<MessageView, 'reason' | 'gatewayStatus'>) => {
  const t = useT();
  if (!reason) return null;
  if (reason !== 'gateway_status') return t(`reason.${reason}`);
  // "The gateway reported the outcome" would say nothing: its word does.
  const known = knownWord(gatewayStatus);
  return known ? t(`word.${known}`) : gatewayStatus;
};
