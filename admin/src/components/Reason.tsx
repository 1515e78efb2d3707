import { Flex, Typography } from '@strapi/design-system';
import type { MessageView } from '../../../shared/contracts/messages';
import type { Reason as ReasonCode } from '../../../shared/vocabulary';
import { useT } from '../hooks/use-t';
import { knownWord } from '../lib/gateway-words';
import { beyondReason } from '../lib/particulars';

interface ReasonProps {
  reason: ReasonCode | null;
  /** The server's sentence with the particulars. */
  detail: string | null;
  /** Also say what to do about it. */
  advice?: boolean;
}

/** Why something happened or did not, in plain words, with the particulars and, if asked, the cure. */
export const Reason = ({ reason, detail, advice = false }: ReasonProps) => {
  const t = useT();
  if (!reason && !detail) return null;
  const particulars = beyondReason(reason, detail);
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0} data-testid="reason" data-reason={reason}>
      {reason && <Typography textColor="neutral800">{t(`reason.${reason}`)}</Typography>}
      {particulars && (
        <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
          {particulars}
        </Typography>
      )}
      {reason && advice && (
        <Typography variant="pi" textColor="neutral600">
          {t(`reason-advice.${reason}`)}
        </Typography>
      )}
    </Flex>
  );
};

/** The gateway's own word as it came, and what it means if we know it. */
export const GatewayWord = ({ status }: { status: MessageView['gatewayStatus'] }) => {
  const t = useT();
  if (!status) return null;
  const known = knownWord(status);
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} data-testid="gateway-word">
      <Typography variant="pi" textColor="neutral800">
        {t('common.gateway-word', { word: status })}
      </Typography>
      {known && (
        <Typography variant="pi" textColor="neutral600">
          {t(`word.${known}`)}
        </Typography>
      )}
    </Flex>
  );
};
