import { Flex, Grid, Typography } from '@strapi/design-system';
import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import type { MessageDetailResponse } from '../../../../shared/contracts/messages';
import { useSvitsmsMessageQuery } from '../../api/endpoints';
import { Card } from '../../components/Facts';
import { Masked } from '../../components/Masked';
import { PhonePreview } from '../../components/PhonePreview';
import { QueryGate } from '../../components/QueryGate';
import { StateBadge } from '../../components/StateBadge';
import { useT } from '../../hooks/use-t';
import { usePolling } from '../../hooks/use-visible';
import { isMoving } from '../../lib/message-state';
import { guards, useCan } from '../../permissions';
import { BASE_PATH } from '../../plugin-id';
import { InDoubtCard } from './InDoubtCard';
import { MessageActions } from './MessageActions';
import { MessageFacts } from './MessageFacts';
import { Timeline } from './Timeline';

const Detail = ({ message }: { message: MessageDetailResponse }) => {
  const t = useT();
  const mayManage = useCan('messages.manage');
  return (
    <Page.Main data-testid="message-detail" data-state={message.state}>
      <Layouts.Header
        title={t('detail.title')}
        subtitle={
          <Flex gap={3}>
            <Typography textColor="neutral600">
              <Masked value={t('detail.to', { to: message.to })} masked={message.masked} />
            </Typography>
            <StateBadge state={message.state} />
          </Flex>
        }
        navigationAction={<BackButton fallback={`${BASE_PATH}/messages`} />}
        primaryAction={<MessageActions message={message} mayManage={mayManage} />}
      />
      <Layouts.Content>
        <Grid.Root gap={6}>
          <Grid.Item col={7} s={12} xs={12} direction="column" alignItems="stretch" gap={6}>
            {message.state === 'in_doubt' && <InDoubtCard message={message} mayDecide={mayManage} />}
            <Card title={t('detail.timeline')}>
              <Timeline message={message} />
            </Card>
          </Grid.Item>
          <Grid.Item col={5} s={12} xs={12} direction="column" alignItems="stretch" gap={6}>
            <Card title={t('detail.text')}>
              <PhonePreview alphaname={message.alphaname ?? ''} text={message.text} />
            </Card>
            <Card title={t('detail.facts')}>
              <MessageFacts message={message} />
            </Card>
          </Grid.Item>
        </Grid.Root>
      </Layouts.Content>
    </Page.Main>
  );
};

/** One message: its story, its evidence and what a person may do about it. */
const MessageById = ({ id }: { id: string }) => {
  const known = useSvitsmsMessageQuery(id).currentData;
  const pollingInterval = usePolling(known !== undefined && isMoving(known.state));
  const query = useSvitsmsMessageQuery(id, { pollingInterval });
  return <QueryGate query={query}>{(message) => <Detail message={message} />}</QueryGate>;
};

const MessagePage = () => {
  const { id = '' } = useParams();
  return (
    <Page.Protect permissions={guards('messages.read')}>
      <MessageById key={id} id={id} />
    </Page.Protect>
  );
};

export default MessagePage;
