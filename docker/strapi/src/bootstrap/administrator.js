'use strict';

const { SettingError, required } = require('../environment');

const USER = 'admin::user';
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const MIN_LENGTH = 8;
const MAX_BYTES = 72;

const isStrong = (password) =>
  password.length >= MIN_LENGTH &&
  Buffer.byteLength(password) <= MAX_BYTES &&
  [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(password));

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
  if (!isStrong(password)) {
    throw new SettingError(
      `STRAPI_ADMIN_PASSWORD must have ${MIN_LENGTH} characters or more, at most ${MAX_BYTES} bytes, with a small letter, a capital letter and a digit.`
    );
  }
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
