'use strict';

const { required } = require('../environment');
const { OtherKeyError, cipherOf, isEncrypted } = require('./cipher');

let cipher;

/** What MCP servers' secrets are stored with: under the salt that backups know as a key of the data. */
function serverCipher() {
  cipher ??= cipherOf(required('API_TOKEN_SALT'));
  return cipher;
}

module.exports = { OtherKeyError, isEncrypted, serverCipher };
