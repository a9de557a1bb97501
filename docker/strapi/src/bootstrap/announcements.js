'use strict';

const { AGENT, MCP_SERVER, SKILL } = require('../documents/subjects');

/** Where the service hears of changes, and what they are called there: the content types' paths in the REST API. */
const CHANNEL = 'strapi_changes';
const NAMES = { [AGENT]: 'agents', [SKILL]: 'skills', [MCP_SERVER]: 'mcp-servers' };
const RELATIONS = ['skills', 'mcpServers'];
const USER = 'plugin::users-permissions.user';
const ACCOUNTS = 'accounts';

const FUNCTION = `create or replace function announce_change() returns trigger language plpgsql as
  'begin perform pg_notify(''${CHANNEL}'', tg_argv[0]); return null; end'`;

const trigger = (name) => `create or replace trigger announce_change after insert or update or delete or truncate on ??
  for each statement execute function announce_change('${name}')`;

/**
 * Has the database tell the service of each change as it is committed, whichever way it came: a rule of the documents would miss what
 * goes past them, and a notice of its own would be lost by a crash between the two. A table that Strapi makes anew at a change of schema
 * has no trigger, so they are asserted at every start.
 */
async function announceChanges(strapi) {
  await strapi.db.connection.raw(FUNCTION);
  for (const [table, name] of announced(strapi)) {
    await strapi.db.connection.raw(trigger(name), [table]);
  }
}

/** Each table that shows in an answer to the service. */
function announced(strapi) {
  const entries = Object.entries(NAMES).map(([uid, name]) => [strapi.db.metadata.get(uid).tableName, name]);
  const { attributes } = strapi.db.metadata.get(AGENT);
  const user = strapi.db.metadata.get(USER);
  return [
    ...entries,
    ...RELATIONS.map((relation) => [attributes[relation].joinTable.name, NAMES[AGENT]]),
    [user.tableName, ACCOUNTS],
    [user.attributes.role.joinTable.name, ACCOUNTS],
  ];
}

module.exports = { announceChanges };
