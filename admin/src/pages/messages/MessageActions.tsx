import { useState } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { ArrowClockwise, Cross, Play } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import type { MessageDetailResponse } from '../../../../shared/contracts/messages';
import { useSvitsmsCancelMutation, useSvitsmsCheckMutation, useSvitsmsReleaseMutation } from '../../api/endpoints';
import { Confirm } from '../../components/Confirm';
import { useErrorText } from '../../components/ErrorNotice';
import { useT } from '../../hooks/use-t';
import { canCancel, canCheck, canRelease } from '../../lib/message-state';

interface MessageActionsProps {
  message: MessageDetailResponse;
  mayManage: boolean;
}

type Asked = 'cancel' | 'release';

/** Cancel or let go what has not left, ask about what has. */
export const MessageActions = ({ message: { id, state }, mayManage }: MessageActionsProps) => {
  const t = useT();
  const words = useErrorText();
  const { toggleNotification } = useNotification();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [cancel] = useSvitsmsCancelMutation();
  const [release] = useSvitsmsReleaseMutation();
  const [check, { isLoading: checking }] = useSvitsmsCheckMutation();

  const done = (what: Asked | 'check') => toggleNotification({ type: 'success', message: t(`detail.done.${what}`) });
  const checkNow = () =>
    check(id)
      .unwrap()
      .then(() => done('check'))
      .catch((error: unknown) => toggleNotification({ type: 'danger', message: words(error) }));
  const act = async (what: Asked) => {
    await (what === 'cancel' ? cancel(id) : release(id)).unwrap();
    done(what);
  };

  return (
    <Flex gap={2}>
      {canCheck(state) && (
        <Button
          variant="secondary"
          startIcon={<ArrowClockwise />}
          loading={checking}
          onClick={() => void checkNow()}
          data-testid="check-now"
        >
          {t('detail.check')}
        </Button>
      )}
      {mayManage && canRelease(state) && (
        <Button startIcon={<Play />} onClick={() => setAsked('release')} data-testid="release-message">
          {t('detail.release')}
        </Button>
      )}
      {mayManage && canCancel(state) && (
        <Button
          variant="danger-light"
          startIcon={<Cross />}
          onClick={() => setAsked('cancel')}
          data-testid="cancel-message"
        >
          {t('detail.cancel')}
        </Button>
      )}
      {(['cancel', 'release'] as const).map((what) => (
        <Confirm
          key={what}
          open={asked === what}
          onClose={() => setAsked(null)}
          title={t(`detail.${what}.title`)}
          body={t(`detail.${what}.body`)}
          confirmLabel={t(`detail.${what}.confirm`)}
          danger={what === 'cancel'}
          onConfirm={() => act(what)}
        />
      ))}
    </Flex>
  );
};
