import { useRef, useState } from 'react';
import type { SendManyResult, SendResult } from '../../../../shared/contracts/messages';
import { useSvitsmsSendManyMutation, useSvitsmsSendMutation } from '../../api/endpoints';
import { toRequest, type SendForm } from '../../lib/send-form';

export type SendOutcome = { kind: 'one'; result: SendResult } | { kind: 'many'; result: SendManyResult };

/** Hands the form to the server once: a second press while the first is under way is the same sending. */
export const useSending = () => {
  const [sendOne] = useSvitsmsSendMutation();
  const [sendMany] = useSvitsmsSendManyMutation();
  const [outcome, setOutcome] = useState<SendOutcome | null>(null);
  const underWay = useRef<Promise<void> | null>(null);

  const post = async (form: SendForm): Promise<void> => {
    const request = toRequest(form);
    setOutcome(
      request.kind === 'one'
        ? { kind: 'one', result: await sendOne(request.input).unwrap() }
        : { kind: 'many', result: await sendMany(request.input).unwrap() },
    );
  };
  const send = (form: SendForm): Promise<void> => {
    underWay.current ??= post(form).finally(() => {
      underWay.current = null;
    });
    return underWay.current;
  };
  return { outcome, send, reset: () => setOutcome(null) };
};
