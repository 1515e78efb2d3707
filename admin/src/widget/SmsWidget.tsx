import { Flex, Grid, Typography } from '@strapi/design-system';
import { Widget } from '@strapi/strapi/admin';
import { useSvitsmsBalanceQuery, useSvitsmsStatusQuery } from '../api/endpoints';
import { useMoney } from '../components/MoneyText';
import { usePauseTitle } from '../hooks/use-pause-title';
import { useT } from '../hooks/use-t';
import { usePolling } from '../hooks/use-visible';
import { useCan } from '../permissions';

const Figure = ({ label, value }: { label: string; value: string }) => (
  <Grid.Item col={6} direction="column" alignItems="flex-start">
    <Typography variant="pi" textColor="neutral600">
      {label}
    </Typography>
    <Typography variant="delta">{value}</Typography>
  </Grid.Item>
);

/** Home page: the balance and what waits. */
const SmsWidget = () => {
  const t = useT();
  const money = useMoney();
  const pauseTitle = usePauseTitle();
  const pollingInterval = usePolling(false);
  const status = useSvitsmsStatusQuery(undefined, { pollingInterval });
  const maySeeBalance = useCan('settings.read');
  // Asked once per visit: every question goes to the gateway.
  const balance = useSvitsmsBalanceQuery(undefined, { skip: !maySeeBalance || !status.data?.configured });
  if (status.isLoading) return <Widget.Loading />;
  if (!status.data) return <Widget.Error />;
  const { waiting, pauses } = status.data;
  const [pause] = pauses;
  return (
    <Flex direction="column" alignItems="stretch" gap={4} data-testid="sms-widget">
      <Grid.Root gap={4}>
        <Figure label={t('widget.balance')} value={balance.data ? money(balance.data) : t('common.nothing')} />
        <Figure label={t('connection.waiting.queued')} value={String(waiting.queued)} />
        <Figure label={t('connection.waiting.inDoubt')} value={String(waiting.inDoubt)} />
        <Figure label={t('connection.waiting.held')} value={String(waiting.held)} />
      </Grid.Root>
      {pause && <Typography textColor="warning700">{pauseTitle(pause)}</Typography>}
    </Flex>
  );
};

export default SmsWidget;
