import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { Link as RouterLink } from 'react-router-dom';
import { useSvitsmsMessagesQuery } from '../api/endpoints';
import { useErrorText } from '../components/ErrorNotice';
import { StateBadge } from '../components/StateBadge';
import { useMoment } from '../hooks/use-moment';
import { useT } from '../hooks/use-t';
import { usePolling } from '../hooks/use-visible';
import { isMoving } from '../lib/message-state';
import { BASE_PATH } from '../plugin-id';

/** The panel is narrow and an order rarely has more; the log has them all. */
const SHOWN = 5;

/** The latest messages about one entry, following their state. Must fit some 170 pixels. */
const EntryMessages = ({ documentId }: { documentId: string }) => {
  const t = useT();
  const moment = useMoment();
  const words = useErrorText();
  const args = { documentId, page: 1, pageSize: SHOWN };
  const known = useSvitsmsMessagesQuery(args).data?.results ?? [];
  const pollingInterval = usePolling(known.some(({ state }) => isMoving(state)));
  const { data, error } = useSvitsmsMessagesQuery(args, { pollingInterval });
  const filter = `documentId=${encodeURIComponent(documentId)}`;

  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%" data-testid="entry-messages">
      {error && !data && <Typography textColor="danger600">{words(error)}</Typography>}
      {data?.results.length === 0 && <Typography textColor="neutral600">{t('panel.empty')}</Typography>}
      {data?.results.map((message) => (
        <Box key={message.id} data-testid="entry-message" data-state={message.state}>
          <Flex direction="column" alignItems="flex-start" gap={1}>
            <StateBadge state={message.state} />
            <Link tag={RouterLink} to={`${BASE_PATH}/messages/${message.id}`}>
              {moment(message.createdAt)}
            </Link>
          </Flex>
        </Box>
      ))}
      <Link tag={RouterLink} to={`${BASE_PATH}/messages?${filter}`}>
        {t('panel.log')}
      </Link>
      <Link tag={RouterLink} to={`${BASE_PATH}/not-sent?${filter}`}>
        {t('panel.why')}
      </Link>
    </Flex>
  );
};

export default EntryMessages;
