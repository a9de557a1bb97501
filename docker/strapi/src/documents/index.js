'use strict';

const { noteActivity } = require('./activity');
const { deleteMessages } = require('./chats');
const { checkInputValues } = require('./input-values');
const { checkLists } = require('./lists');
const { checkSampling } = require('./sampling');
const { keepSecrets } = require('./secrets');
const { giveSlug } = require('./slug');
const { giveId, takeTurns } = require('./turns');
const { reportDuplicate } = require('./unique-name');

/** Rules that a schema can't express. They hold for every way in: the REST API and the admin page alike. */
function registerDocumentRules(strapi) {
  const rules = [
    takeTurns(strapi),
    giveId(strapi),
    checkInputValues,
    checkLists,
    checkSampling,
    deleteMessages(strapi),
    noteActivity(strapi),
    giveSlug(strapi),
    keepSecrets,
    reportDuplicate,
  ];
  rules.forEach((rule) => strapi.documents.use(rule));
}

module.exports = { registerDocumentRules };
