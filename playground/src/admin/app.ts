/** The panel of the shop: Ukrainian beside English, and no call to outside hosts from the browser. */
export default {
  config: {
    locales: ['uk'],
    notifications: { releases: false },
    tutorials: false,
  },
};
