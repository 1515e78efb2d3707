import { Box, Flex, Link, Tag, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { Layouts, Page, Pagination, Table, useQueryParams } from '@strapi/strapi/admin';
import { Link as RouterLink } from 'react-router-dom';
import { decisionsQuery, type DecisionView } from '../../../../shared/contracts/decisions';
import { useSvitsmsDecisionsQuery } from '../../api/endpoints';
import { QueryGate } from '../../components/QueryGate';
import { Reason } from '../../components/Reason';
import { useMoment } from '../../hooks/use-moment';
import { useT } from '../../hooks/use-t';
import { usePolling } from '../../hooks/use-visible';
import { entryPath } from '../../lib/entry-path';
import { guards } from '../../permissions';

const COLUMNS = ['time', 'rule', 'entry', 'reason'] as const;

const DecisionsTable = ({ decisions }: { decisions: DecisionView[] }) => {
  const t = useT();
  const moment = useMoment();
  const headers = COLUMNS.map((name) => ({ name, label: t(`not-sent.column.${name}`) }));
  return (
    <Table.Root rows={decisions} headers={headers}>
      <Table.Content>
        <Table.Head>
          {headers.map((header) => (
            <Table.HeaderCell key={header.name} {...header} />
          ))}
        </Table.Head>
        <Table.Empty content={t('not-sent.empty')} />
        <Table.Body>
          {decisions.map((decision) => (
            <Table.Row key={decision.id} data-testid="decision-row" data-reason={decision.reason}>
              <Table.Cell>
                <Typography textColor="neutral800">{moment(decision.createdAt)}</Typography>
              </Table.Cell>
              <Table.Cell>
                <Typography textColor="neutral800">{decision.ruleKey}</Typography>
              </Table.Cell>
              <Table.Cell>
                <Link tag={RouterLink} to={entryPath(decision)}>
                  {decision.documentId}
                </Link>
              </Table.Cell>
              <Table.Cell>
                <Box paddingTop={3} paddingBottom={3} style={{ whiteSpace: 'normal' }}>
                  <Reason reason={decision.reason} detail={decision.detail} advice />
                </Box>
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table.Content>
    </Table.Root>
  );
};

interface NotSentParams {
  page?: string | number;
  pageSize?: string | number;
  documentId?: string;
}

/** Decisions that made no message: every silence has its reason. */
const NotSent = () => {
  const t = useT();
  const [{ query: params }, setParams] = useQueryParams<NotSentParams>();
  const { page, pageSize, documentId } = params;
  const pollingInterval = usePolling(false);
  const asked = decisionsQuery.safeParse({ page, pageSize, documentId, outcome: 'skipped' });
  const args = asked.success ? asked.data : { outcome: 'skipped' as const };
  const query = useSvitsmsDecisionsQuery(args, { pollingInterval });
  return (
    <Page.Main>
      <Layouts.Header title={t('not-sent.title')} subtitle={t('not-sent.subtitle')} />
      <Layouts.Content>
        <QueryGate query={query}>
          {({ results, pagination }) => (
            <Flex direction="column" alignItems="stretch" gap={4}>
              {documentId && (
                <Flex>
                  <Tag
                    icon={<Cross aria-hidden />}
                    label={t('messages.filter.clear')}
                    onClick={() => setParams({ documentId: '' }, 'remove')}
                  >
                    {t('messages.filter.entry', { id: documentId })}
                  </Tag>
                </Flex>
              )}
              <DecisionsTable decisions={results} />
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

const NotSentPage = () => (
  <Page.Protect permissions={guards('messages.read')}>
    <NotSent />
  </Page.Protect>
);

export default NotSentPage;
