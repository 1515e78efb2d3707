import { Flex, Typography } from '@strapi/design-system';
import type { EstimateResponse } from '../../../shared/contracts/messages';
import { useT } from '../hooks/use-t';
import { areFew } from '../lib/offenders';
import { Offender } from './Offender';

interface SegmentCounterProps {
  text: string;
  estimate: EstimateResponse | undefined;
}

/** What a text takes: letters in use, parts, room left, and the characters that make it dear. */
export const SegmentCounter = ({ text, estimate }: SegmentCounterProps) => {
  const t = useT();
  if (!text) return null;
  if (!estimate) return <Typography variant="pi">{t('segments.loading')}</Typography>;
  const { ucs2Characters, problem } = estimate;
  const few = areFew(text, ucs2Characters);
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} data-testid="segment-counter">
      <Typography variant="pi" textColor="neutral600" data-testid="segment-summary">
        {t('segments.summary', {
          encoding: t(`encoding.${estimate.encoding}`),
          characters: estimate.characters,
          parts: estimate.segmentCount,
        })}
        {' · '}
        {t('segments.left', { count: estimate.remaining })}
      </Typography>
      {few && (
        <Typography variant="pi" textColor="warning700" data-testid="segment-offenders">
          {t('segments.few', { count: ucs2Characters.length })} <Offender>{ucs2Characters.join(' ')}</Offender>
        </Typography>
      )}
      {ucs2Characters.length > 0 && !few && (
        <Typography variant="pi" textColor="neutral600">
          {t('segments.many')}
        </Typography>
      )}
      {problem && (
        <Typography variant="pi" textColor="danger600" data-testid="segment-problem">
          {t(`reason.${problem.reason}`)}. {problem.message}
        </Typography>
      )}
    </Flex>
  );
};
