import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { Table } from '@strapi/strapi/admin';
import { Link as RouterLink, useNavigate } from 'react-router-dom';
import type { MessageView } from '../../../../shared/contracts/messages';
import { Masked } from '../../components/Masked';
import { StateBadge } from '../../components/StateBadge';
import { useMoment } from '../../hooks/use-moment';
import { useReasonLine } from '../../hooks/use-reason-line';
import { useT } from '../../hooks/use-t';
import { BASE_PATH } from '../../plugin-id';

const COLUMNS = ['time', 'to', 'text', 'state', 'origin', 'sender', 'parts'] as const;

const MessageRow = ({ message }: { message: MessageView }) => {
  const moment = useMoment();
  const t = useT();
  const navigate = useNavigate();
  const why = useReasonLine(message);
  const href = `${BASE_PATH}/messages/${message.id}`;
  return (
    <Table.Row
      onClick={() => navigate(href)}
      style={{ cursor: 'pointer' }}
      data-testid="message-row"
      data-id={message.id}
      data-state={message.state}
    >
      <Table.Cell>
        <Link
          tag={RouterLink}
          to={href}
          onClick={(event: React.MouseEvent) => event.stopPropagation()}
          aria-label={t('messages.open')}
        >
          {moment(message.createdAt)}
        </Link>
      </Table.Cell>
      <Table.Cell>
        <Typography textColor="neutral800">
          <Masked value={message.to} masked={message.masked} />
        </Typography>
      </Table.Cell>
      <Table.Cell>
        <Box maxWidth="18rem">
          <Typography textColor="neutral800" ellipsis display="block">
            <Masked value={message.text} masked={message.masked} />
          </Typography>
        </Box>
      </Table.Cell>
      <Table.Cell>
        <Flex direction="column" alignItems="flex-start" gap={1} maxWidth="20rem">
          <StateBadge state={message.state} />
          {why && (
            <Typography variant="pi" textColor="neutral600" ellipsis maxWidth="100%" title={why} data-testid="reason">
              {why}
            </Typography>
          )}
        </Flex>
      </Table.Cell>
      <Table.Cell>
        <Box maxWidth="16rem">
          <Typography textColor="neutral800" ellipsis display="block">
            {message.ruleKey ?? t(`origin.${message.origin}`)}
          </Typography>
        </Box>
      </Table.Cell>
      <Table.Cell>
        <Typography textColor="neutral800">{message.alphaname ?? t('common.nothing')}</Typography>
      </Table.Cell>
      <Table.Cell>
        <Typography textColor="neutral800">{message.segmentCount}</Typography>
      </Table.Cell>
    </Table.Row>
  );
};

/** The rows of the log; a press anywhere on a row opens the message. */
export const MessagesTable = ({ messages, empty }: { messages: MessageView[]; empty: string }) => {
  const t = useT();
  const headers = COLUMNS.map((name) => ({ name, label: t(`messages.column.${name}`) }));
  return (
    <Table.Root rows={messages} headers={headers}>
      <Table.Content>
        <Table.Head>
          {headers.map((header) => (
            <Table.HeaderCell key={header.name} {...header} />
          ))}
        </Table.Head>
        <Table.Empty content={empty} />
        <Table.Body>
          {messages.map((message) => (
            <MessageRow key={message.id} message={message} />
          ))}
        </Table.Body>
      </Table.Content>
    </Table.Root>
  );
};
