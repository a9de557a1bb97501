'use strict';

const { invalid } = require('./errors');
const { AGENT, CHAT_MESSAGE, MCP_SERVER, SKILL } = require('./subjects');

const UNIQUE_VIOLATION = '23505';
const INDEXES = [
  { uid: AGENT, attribute: 'name', columns: ['name'] },
  { uid: AGENT, attribute: 'slug', columns: ['slug'] },
  { uid: SKILL, attribute: 'name', columns: ['name'] },
  { uid: MCP_SERVER, attribute: 'name', columns: ['name'] },
  // A run has one message of each side at most: whoever stores it twice, after a crash say, is told so.
  { uid: CHAT_MESSAGE, attribute: 'runId', columns: ['run_id', 'role'] },
];

const indexName = (table, columns) => `${table}_${columns.join('_')}_unique`;

/**
 * Strapi looks for a duplicate before it writes, which two writers at once both pass. These indexes stop the second;
 * Strapi drops indexes that it doesn't know when a schema changes, so they are asserted at every start.
 */
async function assertUniqueIndexes(strapi) {
  for (const { uid, columns } of INDEXES) {
    const table = strapi.db.metadata.get(uid).tableName;
    const marks = columns.map(() => '??').join(', ');
    await strapi.db.connection.raw(`create unique index if not exists ?? on ?? (${marks})`, [indexName(table, columns), table, ...columns]);
  }
}

/** Turns the database's refusal of a duplicate into the answer that Strapi's own check gives. */
async function reportDuplicate(context, next) {
  try {
    return await next();
  } catch (error) {
    const broken = INDEXES.find(
      ({ uid, columns }) => error.code === UNIQUE_VIOLATION && error.constraint === indexName(error.table, columns) && uid === context.uid
    );
    throw broken === undefined ? error : invalid(broken.attribute, 'This attribute must be unique');
  }
}

module.exports = { assertUniqueIndexes, reportDuplicate };
