'use strict';

const { checkLists } = require('./lists');
const { checkSampling } = require('./sampling');
const { keepSecrets } = require('./secrets');
const { giveSlug } = require('./slug');
const { reportDuplicate } = require('./unique-name');

/** Rules that a schema can't express. They hold for every way in: the REST API and the admin page alike. */
function registerDocumentRules(strapi) {
  [checkLists, checkSampling, giveSlug(strapi), keepSecrets, reportDuplicate].forEach((rule) => strapi.documents.use(rule));
}

module.exports = { registerDocumentRules };
