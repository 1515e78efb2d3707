import { Box, Tooltip } from '@strapi/design-system';
import { useT } from '../hooks/use-t';

/** A number or text that may be hidden from this person; then the tooltip says which permission would show it. */
export const Masked = ({ value, masked }: { value: string; masked: boolean }) => {
  const t = useT();
  if (!masked) return <>{value}</>;
  return (
    <Tooltip label={t('common.masked', { permission: t('permission.messages.read-text') })}>
      <Box tag="span" tabIndex={0} data-testid="masked">
        {value}
      </Box>
    </Tooltip>
  );
};
