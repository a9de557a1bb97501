'use strict';

const { required } = require('../src/environment');
const { maxFileSize } = require('../src/environment/upload-limit');
const { setUploadHeaders } = require('../src/uploads/headers');

module.exports = {
  'users-permissions': { config: { jwtSecret: required('JWT_SECRET') } },
  upload: {
    config: { sizeLimit: maxFileSize(), providerOptions: { localServer: { setHeaders: setUploadHeaders } } },
  },
  email: { config: { provider: require.resolve('../src/mail') } },
};
