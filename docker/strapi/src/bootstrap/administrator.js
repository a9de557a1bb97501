'use strict';

const { SettingError, required } = require('../environment');

const USER = 'admin::user';
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * Creates the first administrator. Without one, whoever opened the admin page first would become it, so a database
 * with no administrator and no STRAPI_ADMIN_PASSWORD is refused. One that exists is left as it is.
 */
async function provisionAdministrator(strapi) {
  if ((await strapi.db.query(USER).count()) > 0) return;
  const email = required('STRAPI_ADMIN_EMAIL').toLowerCase();
  if (!EMAIL.test(email)) {
    throw new SettingError('STRAPI_ADMIN_EMAIL must be an e-mail address.');
  }
  const password = required('STRAPI_ADMIN_PASSWORD');
  const role = await strapi.service('admin::role').getSuperAdmin();
  await strapi.service('admin::user').create({
    email,
    firstname: 'Administrator',
    password,
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
  strapi.log.info('Created the first administrator');
}

module.exports = { provisionAdministrator };
