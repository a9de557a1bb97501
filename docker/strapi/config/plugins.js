'use strict';

const { required } = require('../src/environment');
const { maxFileSize } = require('../src/environment/upload-limit');
const { setUploadHeaders } = require('../src/uploads/headers');

const PROGRAMS = [
  'application/vnd.microsoft.portable-executable',
  'application/x-dosexec',
  'application/x-elf',
  'application/x-executable',
  'application/x-mach-binary',
  'application/x-msdos-program',
  'application/x-msdownload',
];

module.exports = {
  'users-permissions': { config: { jwtSecret: required('JWT_SECRET') } },
  upload: {
    config: {
      sizeLimit: maxFileSize(),
      security: { deniedTypes: PROGRAMS },
      providerOptions: { localServer: { setHeaders: setUploadHeaders } },
    },
  },
  email: { config: { provider: require.resolve('../src/mail') } },
};
