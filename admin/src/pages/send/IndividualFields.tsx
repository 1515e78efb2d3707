import { useEffect } from 'react';
import { Box, Button, Field, Flex, Grid, IconButton, Textarea, TextInput, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { v4 as newId } from 'uuid';
import { ErrorNotice } from '../../components/ErrorNotice';
import { SegmentCounter } from '../../components/SegmentCounter';
import { useT } from '../../hooks/use-t';
import type { SendRow } from '../../lib/send-form';
import { useEstimate } from './use-estimate';
import type { ReportEstimate } from './use-estimates';

interface RowFieldsProps {
  row: SendRow;
  number: number;
  onChange: (change: Partial<Pick<SendRow, 'to' | 'text'>>) => void;
  onRemove: (() => void) | null;
  onEstimate: ReportEstimate;
  onFocus: () => void;
}

const RowFields = ({ row, number, onChange, onRemove, onEstimate, onFocus }: RowFieldsProps) => {
  const t = useT();
  const { estimate, pending, error } = useEstimate(row.text, row.to.trim() ? [row.to] : []);
  const settled = pending ? undefined : estimate;
  useEffect(() => onEstimate(row.id, settled), [onEstimate, row.id, settled]);
  const bad = row.to.trim() ? estimate?.recipients.bad[0] : undefined;

  return (
    <Box background="neutral100" hasRadius padding={4} onFocus={onFocus} data-testid="send-row">
      <Flex justifyContent="space-between" paddingBottom={2}>
        <Typography variant="sigma" textColor="neutral600">
          {t('send.row', { number })}
        </Typography>
        {onRemove && (
          <IconButton label={t('send.row-remove', { number })} variant="ghost" size="S" onClick={onRemove}>
            <Trash />
          </IconButton>
        )}
      </Flex>
      <Grid.Root gap={4}>
        <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch">
          <Field.Root name={`to-${row.id}`} error={bad ? `${t('reason.bad_phone')}. ${bad.message}` : false}>
            <Field.Label>{t('send.row-number')}</Field.Label>
            <TextInput
              value={row.to}
              placeholder="+380 67 123 45 67"
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange({ to: event.target.value })}
            />
            <Field.Error />
          </Field.Root>
        </Grid.Item>
        <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
          <Field.Root name={`text-${row.id}`}>
            <Field.Label>{t('send.text')}</Field.Label>
            <Textarea
              value={row.text}
              onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange({ text: event.target.value })}
            />
            <SegmentCounter text={row.text} estimate={estimate} />
          </Field.Root>
        </Grid.Item>
      </Grid.Root>
      <ErrorNotice error={error} />
    </Box>
  );
};

interface IndividualFieldsProps {
  rows: SendRow[];
  onChange: (rows: SendRow[]) => void;
  onEstimate: ReportEstimate;
  onFocus: (index: number) => void;
}

/** A number and a text of its own for each person. */
export const IndividualFields = ({ rows, onChange, onEstimate, onFocus }: IndividualFieldsProps) => {
  const t = useT();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {rows.map((row, index) => (
        <RowFields
          key={row.id}
          row={row}
          number={index + 1}
          onChange={(change) => onChange(rows.map((other) => (other.id === row.id ? { ...other, ...change } : other)))}
          onRemove={rows.length > 1 ? () => onChange(rows.filter(({ id }) => id !== row.id)) : null}
          onEstimate={onEstimate}
          onFocus={() => onFocus(index)}
        />
      ))}
      <Flex>
        <Button
          variant="secondary"
          startIcon={<Plus />}
          onClick={() => onChange([...rows, { id: newId(), to: '', text: '' }])}
          data-testid="row-add"
        >
          {t('send.row-add')}
        </Button>
      </Flex>
    </Flex>
  );
};
