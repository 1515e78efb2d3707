/** Where the content manager shows an entry. Only collection types have entries that are texted about one by one. */
export const entryPath = ({ uid, documentId }: { uid: string; documentId: string }): string =>
  `/content-manager/collection-types/${uid}/${encodeURIComponent(documentId)}`;
