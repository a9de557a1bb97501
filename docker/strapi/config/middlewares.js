'use strict';

const { allowedOrigins } = require('../src/environment/origins');
const { maxFileSize } = require('../src/environment/upload-limit');

const JSON_LIMIT = '2mb';
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
        directives: { 'connect-src': ["'self'"], 'img-src': ["'self'", 'data:', 'blob:'] },
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
