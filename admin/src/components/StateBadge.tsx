import { Box, Status, Tooltip, Typography } from '@strapi/design-system';
import type { AlphanameState, MessageState } from '../../../shared/vocabulary';
import { useT } from '../hooks/use-t';
import { STATE_TONES, type Tone } from '../lib/message-state';

interface BadgeProps {
  tone: Tone;
  label: string;
  advice: string;
  state: string;
}

const Badge = ({ tone, label, advice, state }: BadgeProps) => (
  <Tooltip label={advice}>
    <Box display="inline-block" data-testid="state-badge" data-state={state}>
      <Status variant={tone} size="S" minWidth="max-content">
        <Typography tag="span" variant="omega" fontWeight="bold" textColor={`${tone}700`}>
          {label}
        </Typography>
      </Status>
    </Box>
  </Tooltip>
);

/** A message's state in plain words; what it means appears on hover. */
export const StateBadge = ({ state }: { state: MessageState }) => {
  const t = useT();
  return (
    <Badge tone={STATE_TONES[state]} label={t(`state.${state}`)} advice={t(`state-advice.${state}`)} state={state} />
  );
};

const ALPHANAME_TONES: Readonly<Record<AlphanameState, Tone>> = {
  active: 'success',
  moderating: 'secondary',
  blocked: 'danger',
  limited: 'warning',
  unknown: 'neutral',
};

/** A sender name's state in plain words. */
export const AlphanameBadge = ({ state }: { state: AlphanameState }) => {
  const t = useT();
  return (
    <Badge
      tone={ALPHANAME_TONES[state]}
      label={t(`alphaname.state.${state}`)}
      advice={t(`alphaname.advice.${state}`)}
      state={state}
    />
  );
};
