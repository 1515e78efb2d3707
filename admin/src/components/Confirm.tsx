import { useState, type ReactNode } from 'react';
import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { useT } from '../hooks/use-t';
import { ErrorNotice } from './ErrorNotice';

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  body: ReactNode;
  confirmLabel: string;
  danger?: boolean;
  disabled?: boolean;
  /** Resolves when the server agreed; a rejection stays in the dialog as words. */
  onConfirm: () => Promise<unknown>;
}

/** A question before something that matters. It stays open, and its button off, until the server has answered. */
export const Confirm = ({ open, onClose, title, body, confirmLabel, danger, disabled, onConfirm }: ConfirmProps) => {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const close = () => {
    if (busy) return;
    setError(null);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : close())}>
      <Dialog.Content data-testid="confirm-dialog">
        <Dialog.Header>{title}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4} width="100%">
            {typeof body === 'string' ? <Typography textColor="neutral800">{body}</Typography> : body}
            <ErrorNotice error={error} />
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Button fullWidth variant="tertiary" onClick={close} disabled={busy}>
            {t('common.cancel')}
          </Button>
          <Button
            fullWidth
            variant={danger ? 'danger-light' : 'default'}
            onClick={() => void confirm()}
            loading={busy}
            disabled={disabled === true || busy}
            data-testid="confirm"
          >
            {confirmLabel}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};
