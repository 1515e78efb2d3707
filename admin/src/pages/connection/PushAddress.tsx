import { Box, Button, Dialog, Flex, IconButton, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { useT } from '../../hooks/use-t';

interface PushAddressProps {
  /** null: none was made just now. */
  address: string | null;
  onClose: () => void;
}

/** A new address, shown this once. */
export const PushAddress = ({ address, onClose }: PushAddressProps) => {
  const t = useT();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  if (address === null) return null;
  const copyAddress = async () => {
    if (await copy(address)) toggleNotification({ type: 'success', message: t('connection.push.made.copied') });
  };
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Content data-testid="push-address-dialog">
        <Dialog.Header>{t('connection.push.made.title')}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4} width="100%">
            <Typography fontWeight="bold" textColor="neutral800">
              {t('connection.push.made.once')}
            </Typography>
            <Flex gap={2}>
              <Box background="neutral100" hasRadius padding={3} minWidth={0} flex="1">
                <Typography
                  style={{ fontFamily: 'monospace', overflowWrap: 'anywhere', userSelect: 'all' }}
                  data-testid="push-address"
                >
                  {address}
                </Typography>
              </Box>
              <IconButton label={t('connection.push.made.copy')} onClick={() => void copyAddress()}>
                <Duplicate />
              </IconButton>
            </Flex>
            <Typography textColor="neutral800">{t('connection.push.made.next')}</Typography>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Button fullWidth onClick={onClose} data-testid="push-address-close">
            {t('connection.push.made.close')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};
