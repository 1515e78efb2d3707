import { lazy, Suspense, type ReactNode } from 'react';
import { Loader } from '@strapi/design-system';
import { useT } from '../hooks/use-t';
import { useCan } from '../permissions';

/** The part of the content manager's edit view context that the panel needs. */
export interface EntryPanelProps {
  /** Absent while an entry is being created. */
  documentId?: string;
  model: string;
}

const EntryMessages = lazy(() => import('./EntryMessages'));

/** The "SMS" panel beside an entry. A description, as Strapi wants it: it calls this function as a component of its own. */
export const EntryPanel = ({ documentId }: EntryPanelProps): { title: string; content: ReactNode } | null => {
  const t = useT();
  const mayRead = useCan('messages.read');
  if (!mayRead || !documentId || documentId === 'create') return null;
  return {
    title: t('plugin.name'),
    content: (
      <Suspense fallback={<Loader small />}>
        <EntryMessages documentId={documentId} />
      </Suspense>
    ),
  };
};
