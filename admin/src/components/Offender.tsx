import type { ReactNode } from 'react';
import { Box } from '@strapi/design-system';

/** A character that makes a text dear, marked in the colours of the panel. */
export const Offender = ({ children }: { children: ReactNode }) => (
  <Box tag="mark" background="warning200" color="neutral800" borderRadius="2px" paddingLeft="2px" paddingRight="2px">
    {children}
  </Box>
);
