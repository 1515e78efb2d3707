import { Button, Flex } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { Layouts, Page, Pagination } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import { useSvitsmsMessagesQuery } from '../../api/endpoints';
import { QueryGate } from '../../components/QueryGate';
import { useT } from '../../hooks/use-t';
import { usePolling } from '../../hooks/use-visible';
import { isMoving } from '../../lib/message-state';
import { guards, useCan } from '../../permissions';
import { BASE_PATH } from '../../plugin-id';
import { LogFilters } from './LogFilters';
import { MessagesTable } from './MessagesTable';
import { useLogQuery } from './use-log-query';

/** The log of messages; badges follow the handset while the tab is visible. */
const MessagesLog = () => {
  const t = useT();
  const { params, setFilter } = useLogQuery();
  const known = useSvitsmsMessagesQuery(params).currentData;
  const pollingInterval = usePolling(known?.results.some(({ state }) => isMoving(state)) ?? false);
  const query = useSvitsmsMessagesQuery(params, { pollingInterval });
  const maySend = useCan('send.one');
  const { state, origin, search, documentId, batchId } = params;
  const filtered = [state, origin, search, documentId, batchId].some(Boolean);

  return (
    <Page.Main>
      <Layouts.Header
        title={t('messages.title')}
        subtitle={query.data ? t('messages.subtitle', { total: query.data.pagination.total }) : undefined}
        primaryAction={
          maySend && (
            <Button tag={Link} to={`${BASE_PATH}/send`} startIcon={<PaperPlane />}>
              {t('nav.send')}
            </Button>
          )
        }
      />
      <Layouts.Action startActions={<LogFilters params={params} onFilter={setFilter} />} />
      <Layouts.Content>
        <QueryGate query={query}>
          {({ results, pagination }) => (
            <Flex direction="column" alignItems="stretch">
              <MessagesTable messages={results} empty={t(filtered ? 'messages.empty-filtered' : 'messages.empty')} />
              <Pagination.Root {...pagination} defaultPageSize={pagination.pageSize}>
                <Pagination.PageSize options={['20', '50', '100']} />
                <Pagination.Links />
              </Pagination.Root>
            </Flex>
          )}
        </QueryGate>
      </Layouts.Content>
    </Page.Main>
  );
};

const MessagesPage = () => (
  <Page.Protect permissions={guards('messages.read')}>
    <MessagesLog />
  </Page.Protect>
);

export default MessagesPage;
