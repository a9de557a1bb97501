'use strict';

/**
 * Makes the built page independent of where it is served: it reads its path and the API's from attributes that
 * src/middlewares/admin-page.js writes into the HTML, so ADMIN_PATH and a proxy's prefix need no new build.
 */
module.exports = (config) => {
  if (config.mode !== 'production') return config;
  return {
    ...config,
    base: './',
    define: {
      ...config.define,
      'process.env.ADMIN_PATH': 'document.documentElement.dataset.adminPath',
      'process.env.STRAPI_ADMIN_BACKEND_URL': 'document.documentElement.dataset.backendUrl',
      'process.env.STRAPI_ADMIN_AUTH_COOKIE_PATH': JSON.stringify('/'),
    },
  };
};
