import { Button, Flex, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import type { Reason } from '../../../../shared/vocabulary';
import { Card } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { useT, type Translate } from '../../hooks/use-t';
import { useCan } from '../../permissions';
import { BASE_PATH } from '../../plugin-id';
import type { SendOutcome } from './use-sending';

/** One shape for both kinds of answer. */
interface Summary {
  queued: number;
  duplicates: string | null;
  rejected: { to: string; reason: Reason; message: string }[];
  link: { to: string; label: string };
}

const summaryOf = (outcome: SendOutcome, t: Translate): Summary => {
  const log = { to: `${BASE_PATH}/messages`, label: t('send.result.log') };
  if (outcome.kind === 'many') {
    const { batchId, queued, duplicates, rejected } = outcome.result;
    return {
      queued,
      duplicates: duplicates > 0 ? t('send.result.duplicates', { count: duplicates }) : null,
      rejected,
      link: { ...log, to: `${log.to}?batchId=${encodeURIComponent(batchId)}` },
    };
  }
  const { result } = outcome;
  const link = result.id ? { to: `${log.to}/${result.id}`, label: t('send.result.message') } : log;
  const rejected = result.outcome === 'rejected' ? [{ to: '', reason: result.reason, message: result.message }] : [];
  return {
    queued: result.outcome === 'queued' ? 1 : 0,
    duplicates: result.outcome === 'duplicate' ? t('send.result.duplicate') : null,
    rejected,
    link,
  };
};

/** What became of the form: queued, left out, rejected with reasons, and where to follow it. */
export const SendResultCard = ({ outcome, onAgain }: { outcome: SendOutcome; onAgain: () => void }) => {
  const t = useT();
  const mayRead = useCan('messages.read');
  const { queued, duplicates, rejected, link } = summaryOf(outcome, t);
  return (
    <Card title={t('send.result.title')}>
      <Notice
        tone={queued > 0 ? 'primary' : 'warning'}
        title={t('send.result.queued', { count: queued })}
        testId="send-result"
      >
        {queued > 0 && <Typography textColor="neutral800">{t('send.result.note')}</Typography>}
        {duplicates && <Typography textColor="neutral800">{duplicates}</Typography>}
      </Notice>
      {rejected.length > 0 && (
        <Notice tone="danger" title={t('send.result.rejected', { count: rejected.length })} testId="send-rejected">
          {rejected.map(({ to, reason, message }, index) => (
            <Typography key={index} textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
              {to && `${to}: `}
              {t(`reason.${reason}`)}. {message}
            </Typography>
          ))}
        </Notice>
      )}
      <Flex gap={2}>
        {mayRead && (
          <Button tag={Link} to={link.to} data-testid="result-link">
            {link.label}
          </Button>
        )}
        <Button variant="secondary" onClick={onAgain} data-testid="send-again">
          {t('send.again')}
        </Button>
      </Flex>
    </Card>
  );
};
