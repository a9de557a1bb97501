'use strict';

const { invalid } = require('./errors');
const { AGENT, MCP_SERVER, SKILL } = require('./subjects');

const UNIQUE_VIOLATION = '23505';
const INDEXES = [
  { uid: AGENT, column: 'name' },
  { uid: AGENT, column: 'slug' },
  { uid: SKILL, column: 'name' },
  { uid: MCP_SERVER, column: 'name' },
];

const indexName = (table, column) => `${table}_${column}_unique`;

/**
 * Strapi looks for a duplicate before it writes, which two writers at once both pass. These indexes stop the second;
 * Strapi drops indexes that it doesn't know when a schema changes, so they are asserted at every start.
 */
async function assertUniqueIndexes(strapi) {
  for (const { uid, column } of INDEXES) {
    const table = strapi.db.metadata.get(uid).tableName;
    await strapi.db.connection.raw('create unique index if not exists ?? on ?? (??)', [indexName(table, column), table, column]);
  }
}

/** Turns the database's refusal of a duplicate into the answer that Strapi's own check gives. */
async function reportDuplicate(context, next) {
  try {
    return await next();
  } catch (error) {
    const broken = INDEXES.find(
      ({ uid, column }) => error.code === UNIQUE_VIOLATION && error.constraint === indexName(error.table, column) && uid === context.uid
    );
    throw broken === undefined ? error : invalid(broken.column, 'This attribute must be unique');
  }
}

module.exports = { assertUniqueIndexes, reportDuplicate };
