import { useState } from 'react';
import { Button } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import { useSvitsmsPauseSendingMutation, useSvitsmsResumeSendingMutation } from '../api/endpoints';
import { useT } from '../hooks/use-t';
import { useCan } from '../permissions';
import { Confirm } from './Confirm';

interface SendingSwitchProps {
  action: 'pause' | 'resume';
  /** Messages that wait now. */
  queued: number;
}

/** Stops all sending, or lets it go on; for those who may. */
export const SendingSwitch = ({ action, queued }: SendingSwitchProps) => {
  const t = useT();
  const maySwitch = useCan('sending.pause');
  const [asking, setAsking] = useState(false);
  const [pause] = useSvitsmsPauseSendingMutation();
  const [resume] = useSvitsmsResumeSendingMutation();
  if (!maySwitch) return null;
  return (
    <>
      <Button
        variant={action === 'pause' ? 'danger-light' : 'secondary'}
        startIcon={action === 'resume' && <Play />}
        onClick={() => setAsking(true)}
        data-testid={`${action}-sending`}
      >
        {t(`pause-all.${action}`)}
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t(`pause-all.${action}.title`)}
        body={t(`pause-all.${action}.body`, { count: queued })}
        confirmLabel={t(`pause-all.${action}.confirm`)}
        danger={action === 'pause'}
        onConfirm={() => (action === 'pause' ? pause() : resume()).unwrap()}
      />
    </>
  );
};
