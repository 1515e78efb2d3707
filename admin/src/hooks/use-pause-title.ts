import type { PauseView } from '../../../shared/contracts/status';
import { useMoment } from './use-moment';
import { useT } from './use-t';

/** What waits and why, in one line. */
export const usePauseTitle = (): ((pause: PauseView) => string) => {
  const t = useT();
  const moment = useMoment('minute');
  return ({ reason, alphaname, by, since }) =>
    t(`pause.${reason}.title`, {
      alphaname: alphaname ?? '',
      who: by ?? t('common.nothing'),
      time: moment(since),
    });
};
