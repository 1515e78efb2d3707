/**
 * A path of this site as the outside reaches it. Strapi's panel knows its server: `server.url` where that is another origin
 * than the panel's, else the origin of the page.
 */
export const siteAddress = (
  path: string,
  page: { readonly location: { readonly origin: string }; readonly strapi?: unknown },
): string => {
  const { backendURL: known }: { backendURL?: unknown } = Object(page.strapi);
  const site = typeof known === 'string' && known !== '' ? known : page.location.origin;
  return `${site.replace(/\/+$/, '')}${path}`;
};
