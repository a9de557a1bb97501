'use strict';

const ROLE = 'plugin::users-permissions.role';

/** The type of the role whose users see everybody's runs; all others see their own. */
const ADMINISTRATOR = 'administrator';

/** Makes the role that Strapi doesn't have by itself. What it may do is the service's to say: in Strapi itself it may do nothing. */
async function provisionRoles(strapi) {
  const role = await strapi.db.query(ROLE).findOne({ where: { type: ADMINISTRATOR } });
  if (role !== null) return role;
  strapi.log.info('Created the role of administrators');
  return strapi.db.query(ROLE).create({
    data: {
      name: 'Administrator',
      description: "Sees everybody's runs, tasks and chats, and edits MCP servers.",
      type: ADMINISTRATOR,
    },
  });
}

module.exports = { ADMINISTRATOR, provisionRoles };
