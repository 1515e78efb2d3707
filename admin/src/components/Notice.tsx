import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Information, WarningCircle } from '@strapi/icons';

export type NoticeTone = 'danger' | 'warning' | 'success' | 'primary';

const ICONS = { danger: WarningCircle, warning: WarningCircle, success: CheckCircle, primary: Information };

interface NoticeProps {
  tone: NoticeTone;
  title: string;
  children?: ReactNode;
  testId?: string;
}

/** A lasting message inside a page. The Design System's `Alert` always has a close button, and these facts do not go away by closing. */
export const Notice = ({ tone, title, children, testId }: NoticeProps) => {
  const Icon = ICONS[tone];
  return (
    <Flex
      gap={3}
      padding={4}
      alignItems="flex-start"
      hasRadius
      background={`${tone}100`}
      borderColor={`${tone}200`}
      role={tone === 'danger' ? 'alert' : 'status'}
      data-testid={testId}
    >
      <Box paddingTop="2px">
        <Icon fill={`${tone}600`} width="1.6rem" height="1.6rem" aria-hidden />
      </Box>
      <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
        <Typography fontWeight="bold" textColor="neutral800">
          {title}
        </Typography>
        {children}
      </Flex>
    </Flex>
  );
};
