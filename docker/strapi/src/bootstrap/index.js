'use strict';

const { assertUniqueIndexes } = require('../documents/unique-name');
const { noteEarlierActivity } = require('./activity');
const { announceChanges } = require('./announcements');
const { provisionAdministrator } = require('./administrator');
const { provisionApiToken } = require('./api-token');
const { provisionFirstUser } = require('./first-user');
const { closePublicRole } = require('./public-role');
const { provisionSamples } = require('./samples');

/** Brings a database, empty or not, to what an unattended start needs. Each step may be repeated at will. */
async function bootstrap(strapi) {
  await assertUniqueIndexes(strapi);
  await announceChanges(strapi);
  await noteEarlierActivity(strapi);
  await closePublicRole(strapi);
  await provisionApiToken(strapi);
  await provisionAdministrator(strapi);
  await provisionFirstUser(strapi);
  await provisionSamples(strapi);
}

module.exports = { bootstrap };
