import type { RuleView } from '../../../shared/contracts/status';
import { TRIGGER_EVENTS } from '../../../shared/vocabulary';
import type { MessageKey } from '../hooks/use-t';

/** The words for what a rule listens to; null for an event that this panel does not know. */
export const ruleEventKey = ({ event, field, from, to }: Omit<RuleView, 'key' | 'name' | 'uid'>): MessageKey | null => {
  if (event === 'changed' && field !== null) {
    if (from && to) return 'rule-event.from-to';
    if (to) return 'rule-event.to';
    return from ? 'rule-event.from' : 'rule-event.any';
  }
  const known = TRIGGER_EVENTS.find((trigger) => trigger === event);
  return known ? `trigger.${known}` : null;
};
