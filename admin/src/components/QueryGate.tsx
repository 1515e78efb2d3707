import type { ReactNode } from 'react';
import { Box, Button, Flex } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useT } from '../hooks/use-t';
import { ErrorNotice } from './ErrorNotice';

interface Query<T> {
  data?: T | undefined;
  error?: unknown;
  refetch: () => unknown;
}

interface QueryGateProps<T> {
  query: Query<T>;
  children: (data: T) => ReactNode;
}

/** Loading, error with a way to try again, or the content. Content once loaded stays on the screen while a refresh fails. */
export function QueryGate<T>({ query, children }: QueryGateProps<T>) {
  const t = useT();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (!query.error) return <Page.Loading />;
  return (
    <Box padding={6}>
      <Flex direction="column" alignItems="flex-start" gap={4}>
        <ErrorNotice error={query.error} />
        <Button variant="secondary" onClick={() => void query.refetch()}>
          {t('common.try-again')}
        </Button>
      </Flex>
    </Box>
  );
}
