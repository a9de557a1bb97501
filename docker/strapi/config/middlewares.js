'use strict';

const { allowedOrigins } = require('../src/environment/origins');
const { maxFileSize } = require('../src/environment/upload-limit');

const JSON_LIMIT = '2mb';
const SELF = "'self'";
const origins = allowedOrigins();

module.exports = [
  'strapi::logger',
  'strapi::errors',
  {
    name: 'strapi::security',
    config: {
      // The front proxy speaks for the host's TLS.
      hsts: false,
      contentSecurityPolicy: {
        // Strapi merges its own lists in entry by entry, so each entry of its lists that allows another site is covered here.
        directives: { 'connect-src': [SELF, SELF], 'img-src': [SELF, 'data:', 'blob:', SELF] },
      },
    },
  },
  {
    name: 'strapi::cors',
    config: { origin: origins, credentials: !origins.includes('*'), maxAge: 600, keepHeadersOnError: true },
  },
  'strapi::query',
  {
    name: 'strapi::body',
    config: { jsonLimit: JSON_LIMIT, formLimit: JSON_LIMIT, textLimit: JSON_LIMIT, formidable: { maxFileSize: maxFileSize() } },
  },
  'strapi::session',
  'strapi::favicon',
  'global::admin-page',
  'strapi::public',
];
