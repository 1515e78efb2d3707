import { Box, Divider, Flex, Link } from '@strapi/design-system';
import { SubNav } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { useT } from '../hooks/use-t';
import { useCan } from '../permissions';
import { BASE_PATH } from '../plugin-id';

interface PageLink {
  to: string;
  label: string;
}

/** The pages this person may open, in the order of the navigation. */
export const useLinks = (): PageLink[] => {
  const t = useT();
  const mayRead = useCan('messages.read');
  const maySend = useCan('send.one');
  const maySeeNames = useCan('alphanames.read');
  return [
    { path: 'messages', label: t('nav.messages'), shown: mayRead },
    { path: 'send', label: t('nav.send'), shown: maySend },
    { path: 'not-sent', label: t('nav.not-sent'), shown: mayRead },
    { path: 'sender-names', label: t('nav.sender-names'), shown: maySeeNames },
  ].flatMap(({ path, label, shown }) => (shown ? [{ to: `${BASE_PATH}/${path}`, label }] : []));
};

/** The second column, as Strapi's own plugins have it. */
export const Navigation = () => {
  const t = useT();
  const links = useLinks();
  return (
    <SubNav.Main aria-label={t('plugin.name')}>
      <SubNav.Header label={t('plugin.name')} />
      <Divider />
      <SubNav.Content>
        <SubNav.Sections>
          {[
            <SubNav.Section key="sms" label={t('nav.section')}>
              {links.map(({ to, label }) => (
                <SubNav.Link key={to} to={to} label={label} />
              ))}
            </SubNav.Section>,
          ]}
        </SubNav.Sections>
      </SubNav.Content>
    </SubNav.Main>
  );
};

/** The same links on small screens, where Strapi hides the second column. */
export const CompactNavigation = () => {
  const t = useT();
  const links = useLinks();
  return (
    <Box tag="nav" aria-label={t('plugin.name')} display={{ initial: 'block', medium: 'none' }} background="neutral0">
      <Flex gap={4} wrap="wrap" padding={4}>
        {links.map(({ to, label }) => (
          <Link key={to} tag={NavLink} to={to}>
            {label}
          </Link>
        ))}
      </Flex>
    </Box>
  );
};
