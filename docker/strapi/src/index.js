'use strict';

const { registerDocumentRules } = require('./documents');
const { bootstrap } = require('./bootstrap');

module.exports = {
  register({ strapi }) {
    registerDocumentRules(strapi);
  },

  bootstrap({ strapi }) {
    return bootstrap(strapi);
  },
};
