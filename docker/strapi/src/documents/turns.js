'use strict';

const { setTimeout } = require('node:timers/promises');
const { errors } = require('@strapi/utils');
const { isService } = require('../bootstrap/api-token');
const { SUBJECTS } = require('./subjects');

const ENTRY_ID = /^[a-z][a-z0-9]{23}$/;
const MAX_WAIT_MS = 1000;

class EntryChangedError extends errors.ApplicationError {
  constructor() {
    super('The entry is not as it is expected to be');
    this.name = 'EntryChangedError';
  }
}

/** What the service asks for beside the REST API's own parameters. */
const asked = (strapi, header) => {
  const request = strapi.requestContext.get();
  return isService(request?.state?.auth) ? request.get(header) : '';
};

/**
 * Has those who change an entry come one after the other, each with a later time of its change, and refuses the service a change of an
 * entry that is not as it expects: it names the time of the last change and the documents that the entry is related to.
 */
const takeTurns = (strapi) => async (context, next) => {
  const { uid, action, params } = context;
  if (!SUBJECTS.includes(uid) || (action !== 'update' && action !== 'delete')) return next();
  const header = asked(strapi, 'expected-entry');
  const expected = header === '' ? {} : JSON.parse(header);
  const relations = Object.keys(expected).filter((name) => name !== 'updatedAt');
  return strapi.db.transaction(async ({ trx }) => {
    await lock(strapi, trx, context, relations);
    const where = { documentId: params.documentId };
    const found = await strapi.db.query(uid).findOne({ where, select: ['updatedAt'], populate: relations });
    if (found === null && header !== '') throw new errors.NotFoundError();
    if (found !== null) {
      if (!isAsExpected(found, expected)) throw new EntryChangedError();
      await later(found.updatedAt);
    }
    return next();
  });
};

/** With its row an entry's links are locked too: a new one needs the row, and the old ones' deletion has to wait. */
async function lock(strapi, trx, { uid, params }, relations) {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  const rows = await trx(tableName).select('id').where({ document_id: params.documentId }).forUpdate();
  for (const { joinTable } of relations.map((name) => attributes[name])) {
    await trx(joinTable.name).select('id').whereIn(joinTable.joinColumn.name, rows.map(({ id }) => id)).forUpdate();
  }
}

const isAsExpected = (found, expected) =>
  Object.entries(expected).every(([name, value]) =>
    name === 'updatedAt' ? time(found.updatedAt) === time(value) : ids(found[name]).join() === value.join()
  );

const ids = (related) => [].concat(related ?? []).map(({ documentId }) => documentId).sort();

const time = (value) => new Date(value).getTime();

/** Two states of an entry never have the same time, though a clock tells milliseconds only, and may be set back. */
async function later(than) {
  const ahead = time(than) - Date.now();
  if (ahead >= 0) await setTimeout(Math.min(ahead + 1, MAX_WAIT_MS));
}

/**
 * Gives a new entry the id that the service chose, if it chose one. Where there is an entry with that id, the service asks again because it
 * has heard no answer, and gets that one.
 */
const giveId = (strapi) => async (context, next) => {
  const { uid, action, params } = context;
  if (!SUBJECTS.includes(uid) || action !== 'create') return next();
  const documentId = asked(strapi, 'entry-id');
  if (!ENTRY_ID.test(documentId)) return next();
  return strapi.db.transaction(async ({ trx }) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [documentId]);
    const { populate, fields } = params;
    const made = await strapi.documents(uid).findOne({ documentId, populate, fields });
    if (made !== null) return made;
    context.params = { ...params, data: { ...params.data, documentId } };
    return next();
  });
};

module.exports = { giveId, takeTurns };
