import type { MessageView } from '../../../shared/contracts/messages';
import { useT } from './use-t';

/** Who asked for a message, in words: the rule by name, or the kind of author. */
export const useOrigin = (): ((message: Pick<MessageView, 'origin' | 'ruleKey'>) => string) => {
  const t = useT();
  return ({ origin, ruleKey }) => (ruleKey ? t('origin.rule-named', { rule: ruleKey }) : t(`origin.${origin}`));
};
