'use strict';

const { AGENT, CHAT_SESSION, MCP_SERVER, SKILL, TASK } = require('../documents/subjects');

/** Where the service hears of changes, and what they are called there: the content types' paths in the REST API. */
const CHANNEL = 'strapi_changes';
const NAMES = {
  [AGENT]: 'agents',
  [SKILL]: 'skills',
  [MCP_SERVER]: 'mcp-servers',
  [TASK]: 'tasks',
  [CHAT_SESSION]: 'chat-sessions',
};
/** What the entries hold of one another. Of messages the service remembers nothing, so nobody needs to hear of them. */
const RELATIONS = { [AGENT]: ['skills', 'mcpServers'], [TASK]: ['agent'], [CHAT_SESSION]: ['agent', 'skills'] };
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
  const relations = Object.entries(RELATIONS).flatMap(([uid, names]) => {
    const { attributes } = strapi.db.metadata.get(uid);
    return names.map((name) => [attributes[name].joinTable.name, NAMES[uid]]);
  });
  const user = strapi.db.metadata.get(USER);
  return [...entries, ...relations, [user.tableName, ACCOUNTS], [user.attributes.role.joinTable.name, ACCOUNTS]];
}

module.exports = { announceChanges };
