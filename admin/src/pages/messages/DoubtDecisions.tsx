import { useState } from 'react';
import { Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { resolveInput, type ResolveInput } from '../../../../shared/contracts/messages';
import { useSvitsmsResolveMutation } from '../../api/endpoints';
import { Confirm } from '../../components/Confirm';
import { useT } from '../../hooks/use-t';

type Decision = ResolveInput['decision'];

/** Key of the words for each decision. */
const WORDS = { accepted: 'accepted', not_sent: 'not-sent', close: 'close' } as const satisfies Record<
  Decision,
  string
>;

/** "It is there", "it is not there, send again", "close": each is asked once more in clear words. */
export const DoubtDecisions = ({ messageId }: { messageId: string }) => {
  const t = useT();
  const { toggleNotification } = useNotification();
  const [resolve] = useSvitsmsResolveMutation();
  const [asked, setAsked] = useState<Decision | null>(null);
  const [campaignId, setCampaignId] = useState('');
  const campaignOk = resolveInput.safeParse({ decision: 'accepted', campaignId: campaignId.trim() }).success;

  const decide = async (decision: Decision) => {
    const data: ResolveInput = decision === 'accepted' ? { decision, campaignId: campaignId.trim() } : { decision };
    await resolve({ messageId, data }).unwrap();
    toggleNotification({ type: 'success', message: t('detail.done.resolve') });
  };
  const close = () => setAsked(null);

  return (
    <Flex gap={2} wrap="wrap">
      <Button onClick={() => setAsked('accepted')} data-testid="decide-accepted">
        {t('doubt.accepted')}
      </Button>
      <Button variant="secondary" onClick={() => setAsked('not_sent')} data-testid="decide-not-sent">
        {t('doubt.not-sent')}
      </Button>
      <Button variant="tertiary" onClick={() => setAsked('close')} data-testid="decide-close">
        {t('doubt.close')}
      </Button>
      <Confirm
        open={asked === 'accepted'}
        onClose={close}
        title={t('doubt.accepted.title')}
        confirmLabel={t('doubt.accepted.confirm')}
        disabled={!campaignOk}
        onConfirm={() => decide('accepted')}
        body={
          <>
            <Typography textColor="neutral800">{t('doubt.accepted.body')}</Typography>
            <Field.Root
              name="campaignId"
              width="100%"
              error={campaignId !== '' && !campaignOk && t('doubt.accepted.invalid')}
            >
              <Field.Label>{t('doubt.accepted.field')}</Field.Label>
              <TextInput
                value={campaignId}
                inputMode="numeric"
                onChange={(event: React.ChangeEvent<HTMLInputElement>) => setCampaignId(event.target.value)}
              />
              <Field.Error />
            </Field.Root>
          </>
        }
      />
      {(['not_sent', 'close'] as const).map((decision) => (
        <Confirm
          key={decision}
          open={asked === decision}
          onClose={close}
          title={t(`doubt.${WORDS[decision]}.title`)}
          body={t(`doubt.${WORDS[decision]}.body`)}
          confirmLabel={t(`doubt.${WORDS[decision]}.confirm`)}
          danger
          onConfirm={() => decide(decision)}
        />
      ))}
    </Flex>
  );
};
