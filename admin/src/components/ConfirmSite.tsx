import { useState } from 'react';
import { Button } from '@strapi/design-system';
import { useSvitsmsConfirmSiteMutation } from '../api/endpoints';
import { useT } from '../hooks/use-t';
import { useCan } from '../permissions';
import { Confirm } from './Confirm';

/** The cure of a pause for a copied database: a person says that this copy is the one that sends. */
export const ConfirmSite = () => {
  const t = useT();
  const mayConfirm = useCan('settings.update');
  const [asking, setAsking] = useState(false);
  const [confirmSite] = useSvitsmsConfirmSiteMutation();
  if (!mayConfirm) return null;
  return (
    <>
      <Button variant="secondary" onClick={() => setAsking(true)} data-testid="confirm-site">
        {t('pause.confirm-site')}
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t('pause.confirm-site.title')}
        body={t('pause.confirm-site.body')}
        confirmLabel={t('pause.confirm-site.confirm')}
        danger
        onConfirm={() => confirmSite().unwrap()}
      />
    </>
  );
};
