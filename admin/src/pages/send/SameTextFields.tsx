import { Field, Flex, Textarea, Typography } from '@strapi/design-system';
import type { EstimateResponse } from '../../../../shared/contracts/messages';
import { SegmentCounter } from '../../components/SegmentCounter';
import { useT } from '../../hooks/use-t';
import type { SendContent } from '../../lib/send-form';

/** A pasted column of thousands must not make the page endless. */
const BAD_SHOWN = 10;

const Verdict = ({ recipients }: { recipients: EstimateResponse['recipients'] }) => {
  const t = useT();
  const { valid, duplicates, bad } = recipients;
  const listed = bad.slice(0, BAD_SHOWN).map(({ to }) => to);
  const more = bad.length > BAD_SHOWN ? [t('send.bad-more', { count: bad.length - BAD_SHOWN })] : [];
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} data-testid="recipients-verdict">
      <Typography variant="pi" textColor="neutral600" data-testid="recipients-count" data-count={valid}>
        {[
          t('send.recipients-count', { valid }),
          ...(duplicates ? [t('send.recipients-duplicates', { count: duplicates })] : []),
        ].join(' · ')}
      </Typography>
      {bad.length > 0 && (
        <Typography
          variant="pi"
          textColor="danger600"
          data-testid="recipients-bad"
          style={{ overflowWrap: 'anywhere' }}
        >
          {t('send.recipients-bad', { count: bad.length })} {[...listed, ...more].join(', ')}
        </Typography>
      )}
    </Flex>
  );
};

interface SameTextFieldsProps {
  form: SendContent;
  estimate: EstimateResponse | undefined;
  onChange: (change: Partial<SendContent>) => void;
}

/** One text for everybody in the list. */
export const SameTextFields = ({ form, estimate, onChange }: SameTextFieldsProps) => {
  const t = useT();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root name="recipients" hint={t('send.recipients-hint')}>
        <Field.Label>{t('send.recipients')}</Field.Label>
        <Textarea
          value={form.recipients}
          placeholder="+380 67 123 45 67"
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange({ recipients: event.target.value })}
        />
        <Field.Hint />
        {estimate && form.recipients.trim() && <Verdict recipients={estimate.recipients} />}
      </Field.Root>
      <Field.Root name="text" hint={t('send.text-hint')}>
        <Field.Label>{t('send.text')}</Field.Label>
        <Textarea
          value={form.text}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange({ text: event.target.value })}
        />
        <Field.Hint />
        <SegmentCounter text={form.text} estimate={estimate} />
      </Field.Root>
    </Flex>
  );
};
