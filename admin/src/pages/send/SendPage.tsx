import { useState } from 'react';
import { Button, Flex, Grid, Tabs, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { v4 as newId } from 'uuid';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Card } from '../../components/Facts';
import { PhonePreview } from '../../components/PhonePreview';
import { useT } from '../../hooks/use-t';
import { emptyForm, formProblem, totalOf, withContent, type SendContent } from '../../lib/send-form';
import { guards, useCan } from '../../permissions';
import { IndividualFields } from './IndividualFields';
import { ReviewDialog } from './ReviewDialog';
import { SameTextFields } from './SameTextFields';
import { SendResultCard } from './SendResultCard';
import { SenderField, useSenderName } from './SenderField';
import { TotalsCard } from './TotalsCard';
import { useEstimates } from './use-estimates';
import { useSending } from './use-sending';

const Send = () => {
  const t = useT();
  const maySendMany = useCan('send.bulk');
  const [form, setForm] = useState(() => emptyForm(newId));
  const [shownProblem, setShownProblem] = useState(false);
  const [reviewing, setReviewing] = useState(false);
  const [focusedRow, setFocusedRow] = useState(0);
  const estimates = useEstimates(form);
  const totals = totalOf(estimates.all);
  const sending = useSending();
  const sender = useSenderName(form.alphaname);

  const change = (content: Partial<SendContent>) => setForm((current) => withContent(current, content, newId));
  const restart = () => {
    sending.reset();
    setShownProblem(false);
    setForm(emptyForm(newId));
  };
  const problem = formProblem(form, totals, maySendMany);
  const review = () => (problem ? setShownProblem(true) : setReviewing(true));
  const previewText = form.mode === 'same' ? form.text : (form.rows[focusedRow]?.text ?? '');

  if (sending.outcome) {
    return <SendResultCard outcome={sending.outcome} onAgain={restart} />;
  }
  return (
    <Grid.Root gap={6}>
      <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={6}>
        <Card title={t('detail.title')}>
          <Tabs.Root
            value={form.mode}
            onValueChange={(mode) => change({ mode: mode === 'individual' ? 'individual' : 'same' })}
          >
            {maySendMany && (
              <Tabs.List aria-label={t('send.mode')}>
                <Tabs.Trigger value="same">{t('send.mode.same')}</Tabs.Trigger>
                <Tabs.Trigger value="individual">{t('send.mode.individual')}</Tabs.Trigger>
              </Tabs.List>
            )}
            <Flex direction="column" alignItems="stretch" gap={4} paddingTop={4}>
              <SenderField value={form.alphaname} onChange={(alphaname) => change({ alphaname })} />
              <Tabs.Content value="same">
                <SameTextFields form={form} estimate={estimates.all[0]} onChange={change} />
              </Tabs.Content>
              <Tabs.Content value="individual">
                <IndividualFields
                  rows={form.rows}
                  onChange={(rows) => change({ rows })}
                  onEstimate={estimates.report}
                  onFocus={setFocusedRow}
                />
              </Tabs.Content>
            </Flex>
          </Tabs.Root>
        </Card>
        <ErrorNotice error={estimates.error} />
        <Flex gap={4}>
          <Button
            startIcon={<PaperPlane />}
            size="L"
            onClick={review}
            disabled={estimates.pending}
            data-testid="review"
          >
            {t('send.review')}
          </Button>
          {shownProblem && problem && (
            <Typography textColor="danger600" role="alert" data-testid="form-problem">
              {t(problem)}
            </Typography>
          )}
        </Flex>
      </Grid.Item>
      <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" gap={6}>
        <Card title={t('send.preview')}>
          <PhonePreview
            alphaname={sender}
            text={previewText}
            ucs2Characters={form.mode === 'same' ? (estimates.all[0]?.ucs2Characters ?? []) : []}
          />
        </Card>
        <TotalsCard totals={totals} known={estimates.all.length > 0} />
      </Grid.Item>
      <ReviewDialog
        open={reviewing}
        onClose={() => setReviewing(false)}
        form={form}
        totals={totals}
        sender={sender}
        onConfirm={() => sending.send(form)}
      />
    </Grid.Root>
  );
};

/** Texting one person or many by hand. */
const SendPage = () => {
  const t = useT();
  return (
    <Page.Protect permissions={guards('send.one')}>
      <Page.Main>
        <Layouts.Header title={t('send.title')} subtitle={t('send.subtitle')} />
        <Layouts.Content>
          <Send />
        </Layouts.Content>
      </Page.Main>
    </Page.Protect>
  );
};

export default SendPage;
