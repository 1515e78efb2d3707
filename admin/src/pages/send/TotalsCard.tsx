import { Typography } from '@strapi/design-system';
import { Card, Facts } from '../../components/Facts';
import { useMoney } from '../../components/MoneyText';
import { useT } from '../../hooks/use-t';
import type { Totals } from '../../lib/send-form';

/** What the sending will take, before it is sent. */
export const TotalsCard = ({ totals, known }: { totals: Totals; known: boolean }) => {
  const t = useT();
  const money = useMoney();
  const unknownPrice = known && totals.people > 0 && totals.cost === null;
  return (
    <Card title={t('send.cost')}>
      <Facts
        facts={[
          { label: t('send.recipients'), value: totals.people },
          { label: t('send.total-parts'), value: totals.segmentCount },
          {
            label: t('send.cost'),
            value: known && totals.people > 0 && totals.cost ? money(totals.cost) : t('common.nothing'),
          },
        ]}
      />
      <Typography variant="pi" textColor="neutral600" data-testid="cost-note">
        {t(unknownPrice ? 'send.cost-unknown' : 'send.cost-note')}
      </Typography>
    </Card>
  );
};
