import { Link } from '@strapi/design-system';
import { Link as RouterLink } from 'react-router-dom';
import type { MessageDetailResponse } from '../../../../shared/contracts/messages';
import { Facts, type Fact } from '../../components/Facts';
import { useOrigin } from '../../hooks/use-origin';
import { useT } from '../../hooks/use-t';
import { entryPath } from '../../lib/entry-path';
import { BASE_PATH } from '../../plugin-id';

/** What is known about a message, for people who have to find it elsewhere. */
export const MessageFacts = ({ message }: { message: MessageDetailResponse }) => {
  const t = useT();
  const origin = useOrigin();
  const { entry, submission, batchId } = message;
  const facts: (Fact | null)[] = [
    { label: t('detail.sender'), value: message.alphaname ?? t('common.nothing') },
    { label: t('detail.origin'), value: origin(message) },
    { label: t('detail.kind'), value: t(`lane.${message.lane}`) },
    { label: t('detail.parts'), value: t('detail.parts-value', { count: message.segmentCount }) },
    message.encoding && { label: t('detail.encoding'), value: t(`encoding.${message.encoding}`) },
    entry && {
      label: t('common.entry'),
      value: (
        <Link tag={RouterLink} to={entryPath(entry)}>
          {t('common.open-entry')}
        </Link>
      ),
    },
    batchId
      ? {
          label: t('detail.batch'),
          value: (
            <Link tag={RouterLink} to={`${BASE_PATH}/messages?batchId=${encodeURIComponent(batchId)}`}>
              {t('common.show-all')}
            </Link>
          ),
        }
      : null,
    message.campaignId ? { label: t('detail.campaign'), value: message.campaignId } : null,
    submission && {
      label: t('detail.request'),
      value: t('detail.request-value', { state: t(`submission.${submission.state}`), size: submission.size }),
    },
    submission && { label: t('detail.marker'), value: submission.marker },
    { label: t('detail.attempts'), value: message.attempts },
    { label: t('detail.id'), value: message.id },
  ];
  return <Facts facts={facts.filter((fact): fact is Fact => fact !== null)} />;
};
