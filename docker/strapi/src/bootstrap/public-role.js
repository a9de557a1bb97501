'use strict';

const ROLE = 'plugin::users-permissions.role';
const PERMISSION = 'plugin::users-permissions.permission';

/** Who doesn't say who they are may do nothing, sign-up included, whatever Strapi grants by default. */
async function closePublicRole(strapi) {
  const role = await strapi.db.query(ROLE).findOne({ where: { type: 'public' }, populate: ['permissions'] });
  const granted = role?.permissions ?? [];
  if (granted.length === 0) return;
  await strapi.db.query(PERMISSION).deleteMany({ where: { id: { $in: granted.map(({ id }) => id) } } });
  strapi.log.info(`Took ${granted.length} permissions from the public role`);
}

module.exports = { closePublicRole };
