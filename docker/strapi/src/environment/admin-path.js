'use strict';

const { SettingError, text } = require('./index');

const FORM = /^(?:\/[A-Za-z0-9_-]+)+$/;
const TAKEN = ['api', 'uploads', '_health'];

/** Path of the admin page, such as /admin, without a slash at its end. */
function adminPath() {
  const path = `/${text('ADMIN_PATH', '/admin').replace(/^\/+|\/+$/g, '')}`;
  if (!FORM.test(path) || TAKEN.includes(path.split('/')[1])) {
    throw new SettingError(
      `ADMIN_PATH must be a path such as /admin, of letters, digits, - and _, not below ${TAKEN.map((t) => `/${t}`).join(', ')}.`
    );
  }
  return path;
}

module.exports = { adminPath };
