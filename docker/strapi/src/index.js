'use strict';

const { registerDocumentRules } = require('./documents');
const { bootstrap } = require('./bootstrap');
const { isService } = require('./bootstrap/api-token');
const { keepAsSent } = require('./uploads/as-sent');
const { recorded } = require('./uploads/recorded');

module.exports = {
  register({ strapi }) {
    registerDocumentRules(strapi);
    const upload = strapi.plugin('upload');
    upload.provider = recorded(upload.provider, strapi.dirs.static.public);
    keepAsSent(upload.service('image-manipulation'), () => isService(strapi.requestContext.get()?.state.auth));
  },

  bootstrap({ strapi }) {
    return bootstrap(strapi);
  },
};
