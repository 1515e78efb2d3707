import { Badge, Flex, Typography } from '@strapi/design-system';
import { Layouts, Page, Table } from '@strapi/strapi/admin';
import type { AlphanameView } from '../../../../shared/contracts/alphanames';
import { useSvitsmsAlphanamesQuery } from '../../api/endpoints';
import { QueryGate } from '../../components/QueryGate';
import { AlphanameBadge } from '../../components/StateBadge';
import { useT } from '../../hooks/use-t';
import { guards } from '../../permissions';
import { AlphanameForm } from './AlphanameForm';

const COLUMNS = ['name', 'state', 'advice'] as const;

const AlphanamesTable = ({ alphanames }: { alphanames: AlphanameView[] }) => {
  const t = useT();
  const headers = COLUMNS.map((name) => ({ name, label: t(`senders.column.${name}`) }));
  const rows = alphanames.map((view) => ({ ...view, id: view.alphaname }));
  return (
    <Table.Root rows={rows} headers={headers}>
      <Table.Content>
        <Table.Head>
          {headers.map((header) => (
            <Table.HeaderCell key={header.name} {...header} />
          ))}
        </Table.Head>
        <Table.Empty content={t('senders.empty')} />
        <Table.Body>
          {rows.map(({ id, state, status, isDefault }) => (
            <Table.Row key={id} data-testid="alphaname-row" data-state={state}>
              <Table.Cell>
                <Flex gap={2}>
                  <Typography textColor="neutral800" fontWeight="bold">
                    {id}
                  </Typography>
                  {isDefault && <Badge>{t('common.default')}</Badge>}
                </Flex>
              </Table.Cell>
              <Table.Cell>
                <AlphanameBadge state={state} />
              </Table.Cell>
              <Table.Cell>
                <Flex direction="column" alignItems="flex-start" style={{ whiteSpace: 'normal' }}>
                  <Typography textColor="neutral800">{t(`alphaname.advice.${state}`)}</Typography>
                  <Typography variant="pi" textColor="neutral600">
                    {t('common.gateway-word', { word: status })}
                  </Typography>
                </Flex>
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table.Content>
    </Table.Root>
  );
};

/** Names that people see instead of a number: their state, and a form to check or request one. */
const SenderNames = () => {
  const t = useT();
  const query = useSvitsmsAlphanamesQuery();
  return (
    <Page.Main>
      <Layouts.Header title={t('senders.title')} subtitle={t('senders.subtitle')} />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6}>
          <QueryGate query={query}>{({ results }) => <AlphanamesTable alphanames={results} />}</QueryGate>
          <AlphanameForm />
        </Flex>
      </Layouts.Content>
    </Page.Main>
  );
};

const SenderNamesPage = () => (
  <Page.Protect permissions={guards('alphanames.read')}>
    <SenderNames />
  </Page.Protect>
);

export default SenderNamesPage;
