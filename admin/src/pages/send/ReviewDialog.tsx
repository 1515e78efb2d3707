import { Box, Typography } from '@strapi/design-system';
import { Confirm } from '../../components/Confirm';
import { Facts } from '../../components/Facts';
import { useMoney } from '../../components/MoneyText';
import { useT } from '../../hooks/use-t';
import type { SendForm, Totals } from '../../lib/send-form';

interface ReviewDialogProps {
  open: boolean;
  onClose: () => void;
  form: SendForm;
  totals: Totals;
  sender: string;
  onConfirm: () => Promise<void>;
}

/** The last look before money is spent and people are texted. */
export const ReviewDialog = ({ open, onClose, form, totals, sender, onConfirm }: ReviewDialogProps) => {
  const t = useT();
  const money = useMoney();
  const texts = new Set(form.rows.map(({ text }) => text)).size;
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={t('send.review-title')}
      confirmLabel={t('send.confirm', { count: totals.people })}
      onConfirm={onConfirm}
      body={
        <>
          <Facts
            facts={[
              { label: t('send.review.count'), value: totals.people },
              { label: t('send.review.parts'), value: totals.segmentCount },
              { label: t('send.review.cost'), value: totals.cost ? money(totals.cost) : t('common.nothing') },
              { label: t('send.review.sender'), value: sender || t('send.sender-default-none') },
            ]}
          />
          {!totals.cost && (
            <Typography variant="pi" textColor="neutral600">
              {t('send.cost-unknown')}
            </Typography>
          )}
          <Box background="neutral100" hasRadius padding={3} maxHeight="16rem" overflow="auto">
            <Typography textColor="neutral800" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {form.mode === 'same' ? form.text : t('send.review.texts', { count: texts })}
            </Typography>
          </Box>
          {totals.bad.length > 0 && (
            <Typography textColor="danger600">{t('send.review.bad', { count: totals.bad.length })}</Typography>
          )}
        </>
      }
    />
  );
};
