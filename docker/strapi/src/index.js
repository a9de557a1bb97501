'use strict';

const { registerDocumentRules } = require('./documents');
const { bootstrap } = require('./bootstrap');
const { recorded } = require('./uploads/recorded');

module.exports = {
  register({ strapi }) {
    registerDocumentRules(strapi);
    const upload = strapi.plugin('upload');
    upload.provider = recorded(upload.provider, strapi.dirs.static.public);
  },

  bootstrap({ strapi }) {
    return bootstrap(strapi);
  },
};
