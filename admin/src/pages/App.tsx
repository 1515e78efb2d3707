import { lazy, Suspense } from 'react';
import { Layouts, Page } from '@strapi/strapi/admin';
import { Navigate, Route, Routes } from 'react-router-dom';
import { PauseBanner } from '../components/PauseBanner';
import { useT } from '../hooks/use-t';
import { useCan, usePermission } from '../permissions';
import { CompactNavigation, Navigation, useLinks } from './Navigation';

const MessagesPage = lazy(() => import('./messages/MessagesPage'));
const MessagePage = lazy(() => import('./messages/MessagePage'));
const SendPage = lazy(() => import('./send/SendPage'));
const NotSentPage = lazy(() => import('./not-sent/NotSentPage'));
const SenderNamesPage = lazy(() => import('./sender-names/SenderNamesPage'));

/** The first page this person may open. */
const Start = () => {
  const { isLoading } = usePermission('messages.read');
  const [first] = useLinks();
  if (isLoading) return <Page.Loading />;
  return first ? <Navigate to={first.to} replace /> : <Page.NoPermissions />;
};

/** The working pages under the "SMS" link of the sidebar. */
const App = () => {
  const t = useT();
  const mayRead = useCan('messages.read');
  return (
    <Layouts.Root sideNav={<Navigation />}>
      <Page.Title>{t('plugin.name')}</Page.Title>
      <CompactNavigation />
      {mayRead && <PauseBanner />}
      <Suspense fallback={<Page.Loading />}>
        <Routes>
          <Route index element={<Start />} />
          <Route path="messages" element={<MessagesPage />} />
          <Route path="messages/:id" element={<MessagePage />} />
          <Route path="send" element={<SendPage />} />
          <Route path="not-sent" element={<NotSentPage />} />
          <Route path="sender-names" element={<SenderNamesPage />} />
          <Route path="*" element={<Page.NoData />} />
        </Routes>
      </Suspense>
    </Layouts.Root>
  );
};

export default App;
