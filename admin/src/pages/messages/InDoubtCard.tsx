import { Box, Flex, IconButton, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import type { MessageDetailResponse } from '../../../../shared/contracts/messages';
import { Card, Facts, type Fact } from '../../components/Facts';
import { useMoney } from '../../components/MoneyText';
import { useHowItEnded } from '../../hooks/use-how-it-ended';
import { useMoment } from '../../hooks/use-moment';
import { useT } from '../../hooks/use-t';
import { DoubtDecisions } from './DoubtDecisions';

type Submission = NonNullable<MessageDetailResponse['submission']>;

const Marker = ({ marker }: { marker: string }) => {
  const t = useT();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  const copyMarker = async () => {
    if (await copy(marker)) toggleNotification({ type: 'success', message: t('doubt.copied') });
  };
  return (
    <Flex gap={2}>
      <Box background="neutral100" hasRadius paddingLeft={3} paddingRight={3} paddingTop={2} paddingBottom={2}>
        <Typography fontWeight="bold" style={{ fontFamily: 'monospace' }} data-testid="doubt-marker">
          {marker}
        </Typography>
      </Box>
      <IconButton label={t('doubt.copy')} onClick={() => void copyMarker()}>
        <Duplicate />
      </IconButton>
    </Flex>
  );
};

const useEvidence = (submission: Submission, message: MessageDetailResponse): Fact[] => {
  const t = useT();
  const moment = useMoment();
  const money = useMoney();
  const ended = useHowItEnded(message);
  const { sendingAt, balanceBefore, balanceAfter, size } = submission;
  const facts: (Fact | null)[] = [
    sendingAt ? { label: t('doubt.when'), value: moment(sendingAt) } : null,
    ended ? { label: t('doubt.answer'), value: ended } : null,
    balanceBefore ? { label: t('doubt.balance'), value: money({ amount: balanceBefore, currency: 'UAH' }) } : null,
    balanceAfter ? { label: t('doubt.balanceAfter'), value: money({ amount: balanceAfter, currency: 'UAH' }) } : null,
    size > 1 ? { label: t('doubt.size'), value: size } : null,
  ];
  return facts.filter((fact): fact is Fact => fact !== null);
};

const Evidence = ({ submission, message }: { submission: Submission; message: MessageDetailResponse }) => {
  const t = useT();
  const facts = useEvidence(submission, message);
  return (
    <>
      <Typography textColor="neutral800">{t('doubt.step')}</Typography>
      <Marker marker={submission.marker} />
      <Facts facts={facts} />
    </>
  );
};

interface InDoubtCardProps {
  message: MessageDetailResponse;
  mayDecide: boolean;
}

/** A message that may have left: the evidence, and the three decisions a person can take. */
export const InDoubtCard = ({ message, mayDecide }: InDoubtCardProps) => {
  const t = useT();
  return (
    <Box data-testid="doubt-card">
      <Card title={t('doubt.title')}>
        <Typography textColor="neutral800">{t('doubt.intro')}</Typography>
        {message.submission && <Evidence submission={message.submission} message={message} />}
        {mayDecide && <DoubtDecisions messageId={message.id} />}
      </Card>
    </Box>
  );
};
