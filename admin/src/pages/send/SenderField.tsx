import { Field, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { useSvitsmsAlphanamesQuery, useSvitsmsStatusQuery } from '../../api/endpoints';
import { useT } from '../../hooks/use-t';
import { useCan } from '../../permissions';

/** Stands for "the default" in the select, which cannot hold an empty value. No sender name is that long. */
const DEFAULT = '(default sender name)';

/** The sender name that a message would carry: the chosen one, or the default if it is known. */
export const useSenderName = (chosen: string): string => {
  const mayRead = useCan('messages.read');
  const { data } = useSvitsmsStatusQuery(undefined, { skip: !mayRead });
  return chosen.trim() || (data?.alphaname ?? '');
};

interface SenderFieldProps {
  value: string;
  onChange: (alphaname: string) => void;
}

/** One of the account's active sender names; free text when the list cannot be had. */
export const SenderField = ({ value, onChange }: SenderFieldProps) => {
  const t = useT();
  const mayList = useCan('alphanames.read');
  const { data, isError } = useSvitsmsAlphanamesQuery(undefined, { skip: !mayList });
  const byDefault = useSenderName('');
  const active = data?.results.filter(({ state }) => state === 'active') ?? [];
  const free = isError || !mayList;
  return (
    <Field.Root name="alphaname" hint={free ? t('send.sender-free') : undefined}>
      <Field.Label>{t('send.sender')}</Field.Label>
      {free ? (
        <TextInput
          value={value}
          placeholder={byDefault}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
        />
      ) : (
        <SingleSelect
          value={value || DEFAULT}
          onChange={(next) => onChange(next === DEFAULT ? '' : String(next))}
          data-testid="sender-select"
        >
          <SingleSelectOption value={DEFAULT}>
            {byDefault ? t('send.sender-default', { alphaname: byDefault }) : t('send.sender-default-none')}
          </SingleSelectOption>
          {active.map(({ alphaname }) => (
            <SingleSelectOption key={alphaname} value={alphaname}>
              {alphaname}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      )}
      <Field.Hint />
    </Field.Root>
  );
};
