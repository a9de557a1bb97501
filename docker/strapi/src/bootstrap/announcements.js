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

/** A notice is a type's name and, where one entry changed, its document id. PostgreSQL tells equal ones of a transaction once. */
const ENTRY = `create or replace function announce_change() returns trigger language plpgsql as $$
  begin
    perform pg_notify('${CHANNEL}', concat_ws(':', tg_argv[0], case tg_op when 'DELETE' then old.document_id else new.document_id end));
    return null;
  end $$`;

/** A row between two entries changes the one that holds the other. Where that is gone already, its own deletion was announced. */
const RELATION = `create or replace function announce_relation() returns trigger language plpgsql as $$
  declare
    holder text;
  begin
    execute format('select document_id from %I where id = $1', tg_argv[1])
      into holder
      using (case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end ->> tg_argv[2])::int;
    if holder is not null then
      perform pg_notify('${CHANNEL}', concat_ws(':', tg_argv[0], holder));
    end if;
    return null;
  end $$`;

const ALL = `create or replace function announce_all() returns trigger language plpgsql as $$
  begin perform pg_notify('${CHANNEL}', tg_argv[0]); return null; end $$`;

const announced = (call) => `create or replace trigger announce_change after insert or update or delete on ??
  for each row execute function ${call}`;

const emptied = (name) => `create or replace trigger announce_all after truncate on ??
  for each statement execute function announce_all('${name}')`;

/**
 * Has the database tell the service of each change as it is committed, whichever way it came: a rule of the documents would miss what
 * goes past them, and a notice of its own would be lost by a crash between the two. A table that Strapi makes anew at a change of schema
 * has no trigger, so they are asserted at every start.
 */
async function announceChanges(strapi) {
  const database = strapi.db.connection;
  for (const definition of [ENTRY, RELATION, ALL]) {
    await database.raw(definition);
  }
  for (const { name, table, call } of [...entries(strapi), ...relations(strapi)]) {
    await database.raw(announced(call), [table]);
    await database.raw(emptied(name), [table]);
  }
}

/** Each type that shows in an answer to the service. */
function entries(strapi) {
  return Object.entries({ ...NAMES, [USER]: ACCOUNTS }).map(([uid, name]) => ({
    name,
    table: strapi.db.metadata.get(uid).tableName,
    call: `announce_change('${name}')`,
  }));
}

/** And each relation that shows in one. */
function relations(strapi) {
  return Object.entries({ ...RELATIONS, [USER]: ['role'] }).flatMap(([uid, attributes]) => {
    const holder = strapi.db.metadata.get(uid);
    const name = NAMES[uid] ?? ACCOUNTS;
    return attributes.map((attribute) => {
      const { joinTable } = holder.attributes[attribute];
      return {
        name,
        table: joinTable.name,
        call: `announce_relation('${name}', '${holder.tableName}', '${joinTable.joinColumn.name}')`,
      };
    });
  });
}

module.exports = { announceChanges };
