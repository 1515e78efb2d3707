import { Box, Flex, Typography } from '@strapi/design-system';
import type { MessageDetailResponse } from '../../../../shared/contracts/messages';
import { GatewayWord, Reason } from '../../components/Reason';
import { useHowItEnded } from '../../hooks/use-how-it-ended';
import { useMoment } from '../../hooks/use-moment';
import { useOrigin } from '../../hooks/use-origin';
import { useT } from '../../hooks/use-t';
import { stepOfReason, timeline, type Step, type StepKind } from '../../lib/timeline';

const DOTS: Partial<Record<StepKind, string>> = {
  report: 'primary600',
  accepted: 'secondary600',
  refused: 'danger600',
  lost: 'warning600',
};

const Particulars = ({ step, message }: { step: Step; message: MessageDetailResponse }) => {
  const t = useT();
  const origin = useOrigin();
  const ended = useHowItEnded(message);
  if (step.kind === 'report') return <GatewayWord status={message.gatewayStatus} />;
  const words: Partial<Record<StepKind, string | null>> = {
    created: origin(message),
    accepted: message.campaignId && t('timeline.accepted-detail', { campaignId: message.campaignId }),
    refused: ended,
    retryable: ended,
    lost: ended,
  };
  const text = words[step.kind];
  if (!text) return null;
  return (
    <Typography variant="pi" textColor="neutral600">
      {text}
    </Typography>
  );
};

const WhyHere = ({ message }: { message: MessageDetailResponse }) => {
  const { state, reason, detail, submission } = message;
  // In doubt, the card with the decisions tells what happened and what to do.
  const open = state === 'in_doubt';
  // Closed by a person: the step of the lost answer tells it.
  const told = open || (state === 'closed' && detail === submission?.detail);
  return <Reason reason={reason} detail={told ? null : detail} advice={!open} />;
};

/** The story of a message from its making to the handset's word. */
export const Timeline = ({ message }: { message: MessageDetailResponse }) => {
  const t = useT();
  const moment = useMoment();
  const steps = timeline(message);
  const because = stepOfReason(message, steps);
  const { reason, detail } = message;
  return (
    <>
      {!because && reason !== 'gateway_status' && <Reason reason={reason} detail={detail} advice />}
      <Box
        tag="ol"
        display="grid"
        style={{ gridTemplateColumns: 'auto auto 1fr', columnGap: '1.6rem', rowGap: '1.6rem' }}
        data-testid="timeline"
      >
        {steps.map((step) => (
          <Box tag="li" key={step.kind} display="contents" data-testid="timeline-step" data-step={step.kind}>
            <Box
              width="0.8rem"
              height="0.8rem"
              marginTop="6px"
              borderRadius="50%"
              background={step.at ? (DOTS[step.kind] ?? 'neutral500') : 'neutral200'}
            />
            <Typography textColor="neutral600">{step.at ? moment(step.at) : '…'}</Typography>
            <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
              <Typography textColor="neutral800" fontWeight="semiBold">
                {t(`timeline.${step.kind}`, { state: t(`state.${message.state}`) })}
              </Typography>
              {step.kind === because ? <WhyHere message={message} /> : <Particulars step={step} message={message} />}
            </Flex>
          </Box>
        ))}
      </Box>
    </>
  );
};
