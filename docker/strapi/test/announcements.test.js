'use strict';

const assert = require('node:assert/strict');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');
const { announceChanges } = require('../src/bootstrap/announcements');

const API = join(__dirname, '../src/api');
const schemas = readdirSync(API)
  .map((name) => join(API, name, 'content-types', name, 'schema.json'))
  .filter((schema) => existsSync(schema))
  .map((schema) => JSON.parse(readFileSync(schema, 'utf8')));
const joined = (name, column) => ({ name, joinColumn: { name: column } });
const USERS = { tableName: 'up_users', attributes: { role: { joinTable: joined('up_users_role_lnk', 'user_id') } } };

/** What Strapi makes of the schemas, and what it is told to have its database do. */
function strapiOf() {
  const asked = [];
  const metadata = new Map([
    ['plugin::users-permissions.user', USERS],
    ...schemas.map(({ collectionName, info, attributes }) => [
      `api::${info.singularName}.${info.singularName}`,
      { tableName: collectionName, attributes: withJoinTables(collectionName, attributes) },
    ]),
  ]);
  return { asked, strapi: { db: { metadata, connection: { raw: async (sql, values = []) => asked.push({ sql, values }) } } } };
}

const withJoinTables = (table, attributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      attribute.type === 'relation' && !attribute.mappedBy ? { ...attribute, joinTable: joined(`${table}_${name}_lnk`, `${table}_id`) } : attribute,
    ])
  );

test('each table that an answer to the service is made of announces its changes', async () => {
  const { asked, strapi } = strapiOf();
  await announceChanges(strapi);

  const triggers = asked.filter(({ values }) => values.length > 0);
  const calls = (kind) =>
    triggers
      .filter(({ sql }) => kind.test(sql))
      .map(({ sql, values: [table] }) => [table, ...[...sql.matchAll(/'(.+?)'/g)].map(([, argument]) => argument)]);
  const entries = [
    ['agents', 'agents'],
    ['skills', 'skills'],
    ['mcp_servers', 'mcp-servers'],
    ['tasks', 'tasks'],
    ['chat_sessions', 'chat-sessions'],
    ['up_users', 'accounts'],
  ];
  const relations = [
    ['agents_skills_lnk', 'agents', 'agents', 'agents_id'],
    ['agents_mcpServers_lnk', 'agents', 'agents', 'agents_id'],
    ['tasks_agent_lnk', 'tasks', 'tasks', 'tasks_id'],
    ['chat_sessions_agent_lnk', 'chat-sessions', 'chat_sessions', 'chat_sessions_id'],
    ['chat_sessions_skills_lnk', 'chat-sessions', 'chat_sessions', 'chat_sessions_id'],
    ['up_users_role_lnk', 'accounts', 'up_users', 'user_id'],
  ];
  assert.deepEqual(calls(/insert or update or delete on \?\?\s+for each row execute function announce_change/), entries);
  assert.deepEqual(calls(/insert or update or delete on \?\?\s+for each row execute function announce_relation/), relations);
  assert.deepEqual(
    calls(/after truncate on \?\?\s+for each statement execute function announce_all/),
    [...entries, ...relations].map(([table, name]) => [table, name])
  );
});

test('no relation of what is announced to another entry is forgotten', async () => {
  const { asked, strapi } = strapiOf();
  await announceChanges(strapi);

  const tables = asked.flatMap(({ values }) => values);
  for (const { collectionName, attributes } of schemas.filter((schema) => tables.includes(schema.collectionName))) {
    const relations = Object.keys(attributes).filter((name) => attributes[name].type === 'relation' && !attributes[name].mappedBy);
    relations.forEach((name) => assert.ok(tables.includes(`${collectionName}_${name}_lnk`), `${collectionName}.${name}`));
  }
});
