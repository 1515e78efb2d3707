import { useState } from 'react';
import { Box, Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { Check, Cross } from '@strapi/icons';
import type { AlphanameResponse } from '../../../../shared/contracts/alphanames';
import { useSvitsmsCheckAlphanameMutation, useSvitsmsRequestAlphanameMutation } from '../../api/endpoints';
import { Confirm } from '../../components/Confirm';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Card } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { useT } from '../../hooks/use-t';
import { ALPHANAME_MAX, ALPHANAME_RULES, judgeAlphaname, type AlphanameVerdict } from '../../lib/alphaname-rules';
import { useCan } from '../../permissions';

const Checklist = ({ verdict }: { verdict: AlphanameVerdict }) => {
  const t = useT();
  return (
    <Flex tag="ul" direction="column" alignItems="flex-start" gap={1} data-testid="alphaname-rules">
      {ALPHANAME_RULES.map((rule) => (
        <Flex tag="li" key={rule} gap={2} data-rule={rule} data-kept={verdict.rules[rule]}>
          {verdict.rules[rule] ? <Check fill="success600" /> : <Cross fill="danger600" />}
          <Typography textColor={verdict.rules[rule] ? 'neutral600' : 'danger600'}>
            {t(`senders.rule.${rule}`)}
          </Typography>
        </Flex>
      ))}
      {verdict.warnings.map((warning) => (
        <Typography tag="li" key={warning} textColor="warning700" data-warning={warning}>
          {t(`senders.warning.${warning}`)}
        </Typography>
      ))}
    </Flex>
  );
};

const Answer = ({ answer }: { answer: AlphanameResponse }) => {
  const t = useT();
  const { alphaname, state, status, warnings } = answer;
  return (
    <Notice
      tone={state === 'active' ? 'success' : 'primary'}
      title={t('senders.result', { alphaname, state: t(`alphaname.state.${state}`) })}
      testId="alphaname-answer"
    >
      <Typography textColor="neutral800">{t(`alphaname.advice.${state}`)}</Typography>
      <Typography variant="pi" textColor="neutral600">
        {[t('common.gateway-word', { word: status }), ...warnings].join(' ')}
      </Typography>
    </Notice>
  );
};

/** Checks a name at the gateway, or applies for a new one after a warning: an application is read by people. */
export const AlphanameForm = () => {
  const t = useT();
  const mayManage = useCan('alphanames.manage');
  const [typed, setTyped] = useState('');
  const [answer, setAnswer] = useState<AlphanameResponse | null>(null);
  const [asking, setAsking] = useState(false);
  const [check, checking] = useSvitsmsCheckAlphanameMutation();
  const [request] = useSvitsmsRequestAlphanameMutation();
  // A space around the name is a slip of pasting and never meant.
  const alphaname = typed.trim();
  const verdict = judgeAlphaname(alphaname);

  const type = (event: React.ChangeEvent<HTMLInputElement>) => {
    setTyped(event.target.value);
    setAnswer(null);
    checking.reset();
  };
  const checkNow = () =>
    check(alphaname)
      .unwrap()
      .then(setAnswer)
      // Shown below from the hook's own state.
      .catch(() => setAnswer(null));

  return (
    <Card title={t('senders.form.title')}>
      <Box maxWidth="48rem">
        <Field.Root name="alphaname" hint={t('senders.form.hint')}>
          <Field.Label>{t('senders.form.name')}</Field.Label>
          <TextInput value={typed} maxLength={ALPHANAME_MAX + 10} autoComplete="off" onChange={type} />
          <Field.Hint />
        </Field.Root>
      </Box>
      {alphaname && <Checklist verdict={verdict} />}
      <Flex gap={2}>
        <Button
          variant="secondary"
          disabled={!verdict.ok}
          loading={checking.isLoading}
          onClick={() => void checkNow()}
          data-testid="alphaname-check"
        >
          {t('senders.check')}
        </Button>
        {mayManage && (
          <Button disabled={!verdict.ok} onClick={() => setAsking(true)} data-testid="alphaname-request">
            {t('senders.request')}
          </Button>
        )}
      </Flex>
      <ErrorNotice error={checking.error} />
      {answer && <Answer answer={answer} />}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t('senders.request.title', { alphaname })}
        body={t('senders.request.body')}
        confirmLabel={t('senders.request.confirm')}
        onConfirm={async () => setAnswer(await request(alphaname).unwrap())}
      />
    </Card>
  );
};
