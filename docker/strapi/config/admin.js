'use strict';

const { createHmac } = require('node:crypto');
const { required } = require('../src/environment');
const { adminPath } = require('../src/environment/admin-path');

const adminSecret = required('ADMIN_JWT_SECRET');

module.exports = {
  url: adminPath(),
  auth: {
    secret: adminSecret,
    // The page may live below any path, alone or behind a proxy's prefix, so its cookies can't be bound to one.
    cookie: { path: '/' },
  },
  apiToken: { salt: required('API_TOKEN_SALT') },
  transfer: { token: { salt: required('TRANSFER_TOKEN_SALT') } },
  // What the admin page may show again, such as a token made there, is stored encrypted under a key of its own.
  secrets: { encryptionKey: createHmac('sha256', adminSecret).update('strapi-encryption-key').digest('hex') },
  flags: { nps: false, promoteEE: false },
  ai: { enabled: false },
};
