import { Flex, Grid, Typography } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import type { StatusResponse } from '../../../../shared/contracts/status';
import { useSvitsmsStatusQuery } from '../../api/endpoints';
import { Card, Facts } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { StatusNotices } from '../../components/PauseBanner';
import { QueryGate } from '../../components/QueryGate';
import { SendingSwitch } from '../../components/SendingSwitch';
import { useT } from '../../hooks/use-t';
import { usePolling } from '../../hooks/use-visible';
import { stopsEverything } from '../../lib/pauses';
import { guards } from '../../permissions';
import { AccountCard } from './AccountCard';
import { PushCard } from './PushCard';
import { RulesCard } from './RulesCard';

const Missing = ({ missing }: { missing: string[] }) => {
  const t = useT();
  return (
    <Notice tone="danger" title={t('connection.missing')} testId="missing-settings">
      <Typography textColor="neutral800">{t('connection.missing-text')}</Typography>
      <Typography tag="pre" textColor="neutral800" style={{ fontFamily: 'monospace' }}>
        {missing.map((name) => `${name}=…`).join('\n')}
      </Typography>
    </Notice>
  );
};

/** The list of missing settings says it better. */
const withoutMissing = (status: StatusResponse): StatusResponse => ({
  ...status,
  pauses: status.pauses.filter(({ reason }) => reason !== 'not_configured' || status.missing.length === 0),
});

const SendingCard = ({ status }: { status: StatusResponse }) => {
  const t = useT();
  const { waiting, pauses, configured } = status;
  const runs = configured && !pauses.some(stopsEverything);
  const pausedByPerson = pauses.some(({ reason }) => reason === 'by_person');
  return (
    <Card
      title={t(runs ? 'connection.sending-runs' : 'connection.sending-waits')}
      // Resuming is offered where the pause is told.
      action={!pausedByPerson && <SendingSwitch action="pause" queued={waiting.queued} />}
    >
      <Facts
        facts={(['queued', 'inDoubt', 'held'] as const).map((kind) => ({
          label: t(`connection.waiting.${kind}`),
          value: waiting[kind],
        }))}
      />
    </Card>
  );
};

/** Settings: who we are at the gateway, whether it answers, and whether sending runs. */
const Connection = () => {
  const t = useT();
  const pollingInterval = usePolling(false);
  const query = useSvitsmsStatusQuery(undefined, { pollingInterval });
  return (
    <Page.Main>
      <Page.Title>{t('connection.title')}</Page.Title>
      <Layouts.Header title={t('connection.title')} subtitle={t('connection.subtitle')} />
      <Layouts.Content>
        <QueryGate query={query}>
          {(status) => (
            <Flex direction="column" alignItems="stretch" gap={6}>
              {status.missing.length > 0 && <Missing missing={status.missing} />}
              <StatusNotices status={withoutMissing(status)} />
              <Grid.Root gap={6}>
                <Grid.Item col={7} s={12} xs={12} direction="column" alignItems="stretch">
                  <AccountCard status={status} />
                </Grid.Item>
                <Grid.Item col={5} s={12} xs={12} direction="column" alignItems="stretch">
                  <SendingCard status={status} />
                </Grid.Item>
              </Grid.Root>
              <PushCard push={status.push} />
              <RulesCard rules={status.rules} />
            </Flex>
          )}
        </QueryGate>
      </Layouts.Content>
    </Page.Main>
  );
};

const ConnectionPage = () => (
  <Page.Protect permissions={guards('settings.read', 'sending.pause')}>
    <Connection />
  </Page.Protect>
);

export default ConnectionPage;
