import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';

export interface Fact {
  label: string;
  value: ReactNode;
}

/** A short list of names and values, as in Strapi's "Information" panels. */
export const Facts = ({ facts }: { facts: Fact[] }) => (
  <Flex tag="dl" direction="column" alignItems="stretch" gap={3}>
    {facts.map(({ label, value }) => (
      <Flex key={label} gap={4} alignItems="baseline" justifyContent="space-between">
        <Typography tag="dt" textColor="neutral600" style={{ flexShrink: 0 }}>
          {label}
        </Typography>
        <Box tag="dd" minWidth={0} style={{ overflowWrap: 'anywhere', textAlign: 'right' }}>
          <Typography textColor="neutral800">{value}</Typography>
        </Box>
      </Flex>
    ))}
  </Flex>
);

interface CardProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** A white card of a page. */
export const Card = ({ title, action, children }: CardProps) => (
  <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" gap={4}>
        <Typography variant="delta" tag="h2">
          {title}
        </Typography>
        {action}
      </Flex>
      {children}
    </Flex>
  </Box>
);
