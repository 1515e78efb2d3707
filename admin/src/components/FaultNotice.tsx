import { Typography } from '@strapi/design-system';
import type { ConnectionTestResponse } from '../../../shared/contracts/status';
import { useT } from '../hooks/use-t';
import { Notice } from './Notice';

type Fault = Extract<ConnectionTestResponse, { ok: false }>;

/** The exact fault of a connection test: what it is, the cure, the server's sentence and the gateway's code. */
export const FaultNotice = ({ fault }: { fault: Fault }) => {
  const t = useT();
  return (
    <Notice tone="danger" title={t(`fault.${fault.fault}.title`)} testId="fault-notice">
      <Typography textColor="neutral800">{t(`fault.${fault.fault}.cure`)}</Typography>
      <Typography variant="pi" textColor="neutral600">
        {fault.message}
      </Typography>
      {fault.code && (
        <Typography variant="pi" textColor="neutral600">
          {t('fault.code', { code: fault.code })}
        </Typography>
      )}
    </Notice>
  );
};
