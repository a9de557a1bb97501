'use strict';

const { createHash } = require('node:crypto');
const { isService } = require('../../../bootstrap/api-token');
const { ADMINISTRATOR } = require('../../../bootstrap/roles');

const USER = 'plugin::users-permissions.user';
/** What bcrypt looks at; more would be ignored in silence. */
const MOST_BYTES = 72;
const SHORTEST = 10;

const users = () => strapi.plugin('users-permissions').service('user');

/** Another password makes another one: who signed in with the old one is known by it. */
const generation = (user) => createHash('sha256').update(user.password ?? '').digest('hex').slice(0, 32);

const account = (user) => ({
  data: {
    documentId: user.documentId,
    username: user.username,
    email: user.email,
    administrator: user.role?.type === ADMINISTRATOR,
    blocked: user.blocked === true,
    generation: generation(user),
  },
});

const byDocument = (documentId) => strapi.db.query(USER).findOne({ where: { documentId }, populate: ['role'] });

const isText = (value, most) => typeof value === 'string' && value.length > 0 && value.length <= most;

/** The hash of no password, so that an unknown name takes as long to refuse as a wrong password. */
const NOBODY = '$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5B0c0Yc0Yb0Yc0Yb0Yc0Yb0Yc0Yb1';

async function withPassword(user, password) {
  const right = await users().validatePassword(password, user?.password ?? NOBODY);
  return right && user?.password != null ? user : null;
}

/** Who the users are, told to the service alone: it is where they sign in. */
module.exports = {
  /** Answers 404 alike whether there is no such user, another password, or the user is blocked. */
  async signIn(ctx) {
    if (!isService(ctx.state.auth)) return ctx.forbidden();
    const { identifier, password } = ctx.request.body?.data ?? {};
    if (!isText(identifier, 320) || !isText(password, 1000) || Buffer.byteLength(password) > MOST_BYTES) return ctx.notFound();
    const user = await strapi.db.query(USER).findOne({
      where: { provider: 'local', $or: [{ email: identifier.toLowerCase() }, { username: identifier }] },
      populate: ['role'],
    });
    const known = await withPassword(user, password);
    return known === null || known.blocked === true ? ctx.notFound() : account(known);
  },

  async findOne(ctx) {
    if (!isService(ctx.state.auth)) return ctx.forbidden();
    const user = await byDocument(ctx.params.id);
    return user === null ? ctx.notFound() : account(user);
  },

  /** Answers 404 where the current password isn't that. */
  async changePassword(ctx) {
    if (!isService(ctx.state.auth)) return ctx.forbidden();
    const { currentPassword, newPassword } = ctx.request.body?.data ?? {};
    if (!isText(currentPassword, 1000) || !isText(newPassword, 1000)) return ctx.badRequest();
    if (newPassword.length < SHORTEST || Buffer.byteLength(newPassword) > MOST_BYTES) return ctx.badRequest();
    const user = await byDocument(ctx.params.id);
    const known = await withPassword(user, currentPassword);
    if (known === null) return ctx.notFound();
    await users().edit(known.id, { password: newPassword });
    return account(await byDocument(ctx.params.id));
  },
};
