'use strict';

const { SettingError, required } = require('./index');

const SECRETS = [
  'DATABASE_PASSWORD',
  'APP_KEYS',
  'API_TOKEN_SALT',
  'ADMIN_JWT_SECRET',
  'TRANSFER_TOKEN_SALT',
  'JWT_SECRET',
  'STRAPI_API_TOKEN',
];

const MIN_TOKEN_LENGTH = 16;

/** Fails on the first secret that is missing, before anything of Strapi is loaded. */
function requireSecrets() {
  SECRETS.forEach(required);
  if (required('STRAPI_API_TOKEN').length < MIN_TOKEN_LENGTH) {
    throw new SettingError(`STRAPI_API_TOKEN is shorter than ${MIN_TOKEN_LENGTH} characters: make a longer one.`);
  }
}

module.exports = { requireSecrets };
