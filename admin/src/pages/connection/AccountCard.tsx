import { Badge, Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { ArrowClockwise, Lightning } from '@strapi/icons';
import type { StatusResponse } from '../../../../shared/contracts/status';
import { useSvitsmsBalanceQuery, useSvitsmsTestConnectionMutation } from '../../api/endpoints';
import { ErrorNotice, useErrorText } from '../../components/ErrorNotice';
import { Card, Facts } from '../../components/Facts';
import { FaultNotice } from '../../components/FaultNotice';
import { useMoney } from '../../components/MoneyText';
import { Notice } from '../../components/Notice';
import { useMoment } from '../../hooks/use-moment';
import { useT } from '../../hooks/use-t';
import { faultOf } from '../../lib/error-text';
import { isTold } from '../../lib/pauses';
import { useCan } from '../../permissions';

interface BalanceProps {
  configured: boolean;
  /** Whether the page tells this failure elsewhere. */
  isToldElsewhere: (error: unknown) => boolean;
}

const Balance = ({ configured, isToldElsewhere }: BalanceProps) => {
  const t = useT();
  const money = useMoney();
  const moment = useMoment();
  const words = useErrorText();
  const maySee = useCan('settings.read');
  const { data, error, isFetching, refetch } = useSvitsmsBalanceQuery(undefined, { skip: !configured || !maySee });
  if (!configured || !maySee) return <>{t('common.nothing')}</>;
  return (
    <Flex gap={2} justifyContent="flex-end" data-testid="balance">
      {data && !error && (
        <>
          <Typography fontWeight="bold">{money(data)}</Typography>
          <Typography textColor="neutral600">{t('connection.balance-at', { time: moment(data.checkedAt) })}</Typography>
        </>
      )}
      {error &&
        (isToldElsewhere(error) ? t('common.nothing') : <Typography textColor="danger600">{words(error)}</Typography>)}
      <IconButton
        label={t('common.refresh')}
        size="S"
        variant="ghost"
        disabled={isFetching}
        onClick={() => void refetch()}
      >
        <ArrowClockwise />
      </IconButton>
    </Flex>
  );
};

/** The account at the gateway, its balance and the connection test. */
export const AccountCard = ({ status }: { status: StatusResponse }) => {
  const t = useT();
  const money = useMoney();
  const mayTest = useCan('settings.update');
  const [test, { data: result, error, isLoading }] = useSvitsmsTestConnectionMutation();
  const { pauses } = status;
  const fault = result?.ok === false ? result : null;
  return (
    <Card
      title={t('connection.account')}
      action={
        mayTest && (
          <Button
            startIcon={<Lightning />}
            variant="secondary"
            loading={isLoading}
            onClick={() => void test()}
            data-testid="test-connection"
          >
            {t('connection.test')}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          {
            label: t('connection.endpoint'),
            value: (
              <Flex gap={2} justifyContent="flex-end" wrap="wrap">
                {status.simulator && <Badge>{t('simulator.title')}</Badge>}
                {status.endpoint}
              </Flex>
            ),
          },
          { label: t('connection.login'), value: status.login ?? t('common.nothing') },
          { label: t('connection.sender'), value: status.alphaname ?? t('connection.sender-none') },
          {
            label: t('connection.balance'),
            value: (
              <Balance
                configured={status.configured}
                isToldElsewhere={(failed) => {
                  const kind = faultOf(failed);
                  return isTold(kind, pauses) || (kind !== undefined && kind === fault?.fault);
                }}
              />
            ),
          },
        ]}
      />
      <ErrorNotice error={error} />
      {fault &&
        (isTold(fault.fault, pauses) ? (
          <Notice tone="danger" title={t(`fault.${fault.fault}.title`)} testId="fault-notice">
            <Typography textColor="neutral800">{t('connection.test-same')}</Typography>
          </Notice>
        ) : (
          <FaultNotice fault={fault} />
        ))}
      {result?.ok && (
        <Notice tone="success" title={t('connection.test-ok-title')} testId="test-ok">
          <Typography textColor="neutral800">
            {t('connection.test-ok', { ms: Math.round(result.tookMs), balance: money(result.balance) })}
          </Typography>
        </Notice>
      )}
    </Card>
  );
};
