import { useCallback } from 'react';
import { useIntl } from 'react-intl';

const isToday = (date: Date): boolean => date.toDateString() === new Date().toDateString();

/**
 * Instants in the person's language and zone: the time alone for today, date and time otherwise. Seconds matter in the story of
 * a message.
 */
export const useMoment = (precision: 'second' | 'minute' = 'second'): ((iso: string) => string) => {
  const { formatDate } = useIntl();
  return useCallback(
    (iso) => {
      const date = new Date(iso);
      return formatDate(date, {
        ...(isToday(date) ? {} : ({ day: '2-digit', month: '2-digit', year: 'numeric' } as const)),
        hour: '2-digit',
        minute: '2-digit',
        ...(precision === 'second' ? ({ second: '2-digit' } as const) : {}),
        hourCycle: 'h23',
      });
    },
    [formatDate, precision],
  );
};
