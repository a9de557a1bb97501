'use strict';

const { integer, list, required, text } = require('../src/environment');

required('APP_KEYS');

module.exports = {
  host: text('HOST', '0.0.0.0'),
  port: integer('PORT', 1337, { min: 1, max: 65535 }),
  app: { keys: list('APP_KEYS', []) },
  // Only the last hop, our own nginx, is believed: what a client wrote into X-Forwarded-For before it is not.
  proxy: { koa: true, maxIpsCount: 1 },
  logger: { updates: { enabled: false }, startup: { enabled: false } },
  transfer: { remote: { enabled: false } },
  webhooks: { populateRelations: false },
};
