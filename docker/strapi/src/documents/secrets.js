'use strict';

const { randomInt } = require('node:crypto');
const { isEncrypted, serverCipher } = require('../secrets');
const { ADDRESS, forgotten } = require('../secrets/forgotten');
const { invalid } = require('./errors');
const { MCP_SERVER, isWrite } = require('./subjects');

const FIELDS = { env: 'envNames', headers: 'headerNames' };
const MAX_ENTRIES = 50;
const MAX_LENGTH = 8000;
const ID_LENGTH = 24;
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

const isTexts = (value) =>
  typeof value === 'object' &&
  !Array.isArray(value) &&
  Object.keys(value).length <= MAX_ENTRIES &&
  Object.values(value).every((text) => typeof text === 'string' && text.length <= MAX_LENGTH);

/** Ids as Strapi makes them. A secret is bound to its document, so the id has to be known before the document is written. */
const newId = () =>
  Array.from({ length: ID_LENGTH }, (_, index) => ID_LETTERS[randomInt(index === 0 ? 26 : ID_LETTERS.length)]).join('');

/**
 * Has env and headers of an MCP server kept encrypted, and no answer tell them: only their names are there to be seen. What
 * isn't named stays, null clears, and a copy of a server has none.
 */
async function keepSecrets(context, next) {
  if (context.uid !== MCP_SERVER) return next();
  if (isWrite(context)) {
    await refuseNewAddressFor(context);
    encrypt(context);
  }
  return withoutSecrets(await next());
}

/** What is write-only must not be read by having it sent elsewhere: who changes where it goes gives it again. */
async function refuseNewAddressFor({ action, params }) {
  if (action !== 'update' || !ADDRESS.some((name) => params.data?.[name] !== undefined)) return;
  const before = await strapi.documents(MCP_SERVER).findOne({ documentId: params.documentId });
  for (const field of forgotten(before, params.data, FIELDS)) {
    throw invalid(field, `${field} must be given again, or null, where ${ADDRESS.join(', ')} change`);
  }
}

function encrypt({ action, params }) {
  const data = { ...params.data };
  if (action === 'create') data.documentId ??= newId();
  for (const [field, names] of Object.entries(FIELDS)) {
    const value = action === 'clone' ? null : parsed(data[field]);
    delete data[field];
    delete data[names];
    if (value === undefined || isEncrypted(value)) continue;
    if (value !== null && !isTexts(value)) {
      throw invalid(field, `${field} must be an object of at most ${MAX_ENTRIES} texts of at most ${MAX_LENGTH} characters`);
    }
    data[field] = value && serverCipher().encrypt(value, data.documentId ?? params.documentId, field);
    // A copy's attributes are merged into those of its original, where an empty list would change nothing.
    data[names] = value && Object.keys(value);
  }
  params.data = data;
}

/** The admin page sends JSON attributes as text. */
function parsed(value) {
  if (typeof value !== 'string' || isEncrypted(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function withoutSecrets(result) {
  if (Array.isArray(result)) return result.map(withoutSecrets);
  if (typeof result !== 'object' || result === null) return result;
  const shown = { ...result };
  Object.keys(FIELDS).forEach((field) => delete shown[field]);
  if (Array.isArray(shown.entries)) shown.entries = shown.entries.map(withoutSecrets);
  return shown;
}

module.exports = { keepSecrets };
