import { Box, Flex, Typography } from '@strapi/design-system';
import { useT } from '../hooks/use-t';
import { markOffenders } from '../lib/offenders';
import { Offender } from './Offender';

interface PhonePreviewProps {
  alphaname: string;
  text: string;
  /** Characters that force the short alphabet; marked when they are few. */
  ucs2Characters?: readonly string[];
}

/** The text as a person sees it on the phone. */
export const PhonePreview = ({ alphaname, text, ucs2Characters = [] }: PhonePreviewProps) => {
  const t = useT();
  return (
    <Box
      width="100%"
      maxWidth="30rem"
      background="neutral100"
      borderColor="neutral200"
      borderRadius="2.4rem"
      padding={4}
      style={{ borderWidth: '4px', borderStyle: 'solid', margin: '0 auto' }}
      data-testid="phone-preview"
    >
      <Flex direction="column" alignItems="stretch" gap={4} minHeight="16rem">
        <Flex justifyContent="center">
          <Typography fontWeight="bold" textColor="neutral700">
            {alphaname || t('common.nothing')}
          </Typography>
        </Flex>
        {text ? (
          <Box
            background="neutral0"
            padding={3}
            borderRadius="1.2rem"
            shadow="tableShadow"
            style={{ alignSelf: 'flex-start', maxWidth: '92%' }}
          >
            <Typography textColor="neutral800" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {markOffenders(text, ucs2Characters).map((piece, index) =>
                piece.offending ? <Offender key={index}>{piece.text}</Offender> : <span key={index}>{piece.text}</span>,
              )}
            </Typography>
          </Box>
        ) : (
          <Typography textColor="neutral500" textAlign="center">
            {t('send.preview-empty')}
          </Typography>
        )}
      </Flex>
    </Box>
  );
};
