'use strict';

const { SettingError, required } = require('../environment');
const { provisionRoles } = require('./roles');

const USER = 'plugin::users-permissions.user';
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * Creates the application's first user, an administrator. A database with no user who is one and no APP_ADMIN_PASSWORD is refused: nobody
 * could sign in. One that exists is left as it is.
 */
async function provisionFirstUser(strapi) {
  const role = await provisionRoles(strapi);
  if ((await strapi.db.query(USER).count({ where: { role: role.id } })) > 0) return;
  const email = required('APP_ADMIN_EMAIL').toLowerCase();
  if (!EMAIL.test(email)) {
    throw new SettingError('APP_ADMIN_EMAIL must be an e-mail address.');
  }
  const password = required('APP_ADMIN_PASSWORD');
  const known = await strapi.db.query(USER).findOne({ where: { email } });
  const users = strapi.plugin('users-permissions').service('user');
  if (known === null) {
    await users.add({ username: email, email, password, provider: 'local', confirmed: true, blocked: false, role: role.id });
  } else {
    await users.edit(known.id, { role: role.id });
  }
  strapi.log.info("Created the application's first administrator");
}

module.exports = { provisionFirstUser };
