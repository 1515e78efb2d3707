import { Flex, Typography } from '@strapi/design-system';
import type { PauseView, StatusResponse } from '../../../shared/contracts/status';
import { useSvitsmsStatusQuery } from '../api/endpoints';
import { useMoment } from '../hooks/use-moment';
import { usePauseTitle } from '../hooks/use-pause-title';
import { useT } from '../hooks/use-t';
import { usePolling } from '../hooks/use-visible';
import { beyondPause } from '../lib/particulars';
import { stopsEverything } from '../lib/pauses';
import { ConfirmSite } from './ConfirmSite';
import { Notice } from './Notice';
import { SendingSwitch } from './SendingSwitch';

const PauseNotice = ({ pause, queued }: { pause: PauseView; queued: number }) => {
  const t = useT();
  const moment = useMoment();
  const title = usePauseTitle();
  const byPerson = pause.reason === 'by_person';
  const sentences = byPerson
    ? [t('pause.by_person.waiting', { count: queued }), t('pause.by_person.cure')]
    : [
        t(`pause.${pause.reason}.cure`),
        // How many wait for one sender name or for campaigns alone is not known.
        stopsEverything(pause) ? t('pause.waiting', { count: queued }) : null,
        t('pause.since', { time: moment(pause.since) }),
        pause.nextProbeAt ? t('pause.next-probe', { time: moment(pause.nextProbeAt) }) : null,
      ];
  const particulars = beyondPause(pause.reason, pause.detail);
  return (
    <Notice tone="warning" title={title(pause)} testId="pause-banner">
      <Typography textColor="neutral800">{sentences.filter(Boolean).join(' ')}</Typography>
      {particulars && (
        <Typography variant="pi" textColor="neutral600">
          {particulars}
        </Typography>
      )}
      {byPerson && <SendingSwitch action="resume" queued={queued} />}
      {pause.reason === 'copied_database' && <ConfirmSite />}
    </Notice>
  );
};

/** Everything that keeps messages from leaving, and that the simulator is on. */
export const StatusNotices = ({ status }: { status: StatusResponse }) => {
  const t = useT();
  return (
    <>
      {status.pauses.map((pause) => (
        <PauseNotice
          key={`${pause.scope} ${pause.alphaname ?? ''} ${pause.reason}`}
          pause={pause}
          queued={status.waiting.queued}
        />
      ))}
      {status.simulator && (
        <Notice tone="primary" title={t('simulator.title')} testId="simulator-notice">
          <Typography textColor="neutral800">{t('simulator.text')}</Typography>
        </Notice>
      )}
    </>
  );
};

/** As Strapi's `Layouts.Content` has it, so that the notices line up with the page below them. */
const PAGE_PADDING = { initial: 4, medium: 6, large: 10 } as const;

/** On top of every page: whether sending runs. Silent when it does, and for people who may not know. */
export const PauseBanner = () => {
  const pollingInterval = usePolling(false);
  const { data } = useSvitsmsStatusQuery(undefined, { pollingInterval });
  if (!data || (data.pauses.length === 0 && !data.simulator)) return null;
  return (
    <Flex
      direction="column"
      alignItems="stretch"
      gap={3}
      paddingTop={{ initial: 4, medium: 6 }}
      paddingLeft={PAGE_PADDING}
      paddingRight={PAGE_PADDING}
    >
      <StatusNotices status={data} />
    </Flex>
  );
};
