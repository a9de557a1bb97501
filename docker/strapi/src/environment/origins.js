'use strict';

const { SettingError, list } = require('./index');

const DEFAULT = ['http://localhost:5173', 'http://localhost:3001'];

function isOrigin(entry) {
  try {
    return new URL(entry).origin === entry;
  } catch {
    return false;
  }
}

/** Browser origins that may call the API from another site; '*' lets every one in, but without credentials. */
function allowedOrigins() {
  const origins = list('STRAPI_CORS_ORIGIN', DEFAULT);
  if (!origins.every((origin) => origin === '*' || isOrigin(origin))) {
    throw new SettingError(
      'STRAPI_CORS_ORIGIN must be a comma-separated list of origins such as https://example.org, without a path or a slash at the end.'
    );
  }
  return origins;
}

module.exports = { allowedOrigins };
