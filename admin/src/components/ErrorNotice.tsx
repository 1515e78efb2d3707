import { Typography } from '@strapi/design-system';
import { useT } from '../hooks/use-t';
import { errorText } from '../lib/error-text';
import { Notice } from './Notice';

/** The words for a failed call, for places that show text only. */
export const useErrorText = (): ((error: unknown) => string) => {
  const t = useT();
  return (error) => {
    const { key, words } = errorText(error);
    return [key && t(key), words].filter(Boolean).join('. ');
  };
};

/** A failed call, shown beside the button or field that made it. */
export const ErrorNotice = ({ error }: { error: unknown }) => {
  const t = useT();
  if (!error) return null;
  const { key, words } = errorText(error);
  return (
    <Notice tone="danger" title={t(words && key ? key : 'error.title')} testId="error-notice">
      <Typography textColor="neutral800">{words ?? (key && t(key))}</Typography>
    </Notice>
  );
};
