import { Box, Flex, SingleSelect, SingleSelectOption, Tag } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { SearchInput } from '@strapi/strapi/admin';
import type { MessagesQuery } from '../../../../shared/contracts/messages';
import { MESSAGE_STATES, ORIGINS } from '../../../../shared/vocabulary';
import { useT } from '../../hooks/use-t';
import type { LogFilter } from './use-log-query';

interface LogFiltersProps {
  params: MessagesQuery;
  onFilter: (filter: LogFilter, value: string | null) => void;
}

interface FilterSelectProps {
  label: string;
  placeholder: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string | null) => void;
  testId: string;
}

const FilterSelect = ({ label, placeholder, value, options, onChange, testId }: FilterSelectProps) => (
  <Box minWidth="20rem" data-testid={testId}>
    <SingleSelect
      size="S"
      aria-label={label}
      placeholder={placeholder}
      value={value ?? null}
      onChange={(next) => onChange(String(next))}
      onClear={() => onChange(null)}
    >
      {options.map((option) => (
        <SingleSelectOption key={option.value} value={option.value}>
          {option.label}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  </Box>
);

/** Search, state and origin; an entry or a campaign that a link brought is shown as a tag that can be taken off. */
export const LogFilters = ({ params, onFilter }: LogFiltersProps) => {
  const t = useT();
  return (
    <Flex gap={2} wrap="wrap">
      <SearchInput label={t('messages.search')} placeholder={t('messages.search-placeholder')} />
      <FilterSelect
        label={t('messages.filter.state-label')}
        placeholder={t('messages.filter.state')}
        value={params.state}
        options={MESSAGE_STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        onChange={(value) => onFilter('state', value)}
        testId="filter-state"
      />
      <FilterSelect
        label={t('messages.filter.origin-label')}
        placeholder={t('messages.filter.origin')}
        value={params.origin}
        options={ORIGINS.map((origin) => ({ value: origin, label: t(`origin.${origin}`) }))}
        onChange={(value) => onFilter('origin', value)}
        testId="filter-origin"
      />
      {params.documentId && (
        <Tag
          icon={<Cross aria-hidden />}
          label={t('messages.filter.clear')}
          onClick={() => onFilter('documentId', null)}
        >
          {t('messages.filter.entry', { id: params.documentId })}
        </Tag>
      )}
      {params.batchId && (
        <Tag icon={<Cross aria-hidden />} label={t('messages.filter.clear')} onClick={() => onFilter('batchId', null)}>
          {t('messages.filter.batch', { id: params.batchId })}
        </Tag>
      )}
    </Flex>
  );
};
