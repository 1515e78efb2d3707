import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { PushView } from '../../../../shared/contracts/status';
import { useSvitsmsCreatePushTokenMutation, useSvitsmsRemovePushTokenMutation } from '../../api/endpoints';
import { Confirm } from '../../components/Confirm';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Card, Facts } from '../../components/Facts';
import { useT } from '../../hooks/use-t';
import { siteAddress } from '../../lib/site-address';
import { useCan } from '../../permissions';
import { PushAddress } from './PushAddress';

/** Makes, renews and turns off the address. A new one stays in memory only as long as its dialog is open. */
const PushButtons = ({ on }: { on: boolean }) => {
  const t = useT();
  const { toggleNotification } = useNotification();
  const [asked, setAsked] = useState<'renew' | 'off' | null>(null);
  const [create, { data: made, error, isLoading, reset }] = useSvitsmsCreatePushTokenMutation();
  const [remove] = useSvitsmsRemovePushTokenMutation();
  const turnOff = async () => {
    await remove().unwrap();
    toggleNotification({ type: 'success', message: t('connection.push.off.done') });
  };
  return (
    <>
      <Flex gap={2} wrap="wrap">
        <Button
          variant="secondary"
          loading={isLoading}
          onClick={() => (on ? setAsked('renew') : void create())}
          data-testid="push-create"
        >
          {t(on ? 'connection.push.renew' : 'connection.push.create')}
        </Button>
        {on && (
          <Button variant="danger-light" onClick={() => setAsked('off')} data-testid="push-off">
            {t('connection.push.off')}
          </Button>
        )}
      </Flex>
      {!on && <ErrorNotice error={error} />}
      {(['renew', 'off'] as const).map((what) => (
        <Confirm
          key={what}
          open={asked === what}
          onClose={() => setAsked(null)}
          title={t(`connection.push.${what}.title`)}
          body={t(`connection.push.${what}.body`)}
          confirmLabel={t(`connection.push.${what}`)}
          danger={what === 'off'}
          onConfirm={() => (what === 'off' ? turnOff() : create().unwrap())}
        />
      ))}
      <PushAddress address={made && asked === null ? siteAddress(made.path, window) : null} onClose={reset} />
    </>
  );
};

/** The address at which the gateway announces delivery reports. */
export const PushCard = ({ push }: { push: PushView }) => {
  const t = useT();
  const mayChange = useCan('settings.update');
  return (
    <Card title={t('connection.push.title')}>
      <Typography textColor="neutral600">{t('connection.push.note')}</Typography>
      <Facts
        facts={[
          {
            label: t('connection.push.state'),
            value: t(push.on ? 'connection.push.state.on' : 'connection.push.state.off'),
          },
          ...(push.previousWorks
            ? [{ label: t('connection.push.previous'), value: t('connection.push.previous.works') }]
            : []),
        ]}
      />
      {push.fromEnvironment ? (
        <Typography textColor="neutral800" data-testid="push-environment">
          {t('connection.push.environment')}
        </Typography>
      ) : (
        mayChange && <PushButtons on={push.on} />
      )}
    </Card>
  );
};
