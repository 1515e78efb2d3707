// Strapi loads the plugin from here, so that its tests run on the TypeScript sources through Jest's transform.
module.exports = require('../../../strapi-server.ts').default;
