'use strict';

const { invalid } = require('./errors');
const { AGENT, SKILL, isWrite } = require('./subjects');

const LISTS = {
  [AGENT]: ['stopSequences', 'allowedTools', 'disallowedTools'],
  [SKILL]: ['allowedTools'],
};
const MAX_ENTRIES = 200;
const MAX_LENGTH = 200;

const isEntry = (entry) => typeof entry === 'string' && entry !== '' && entry.length <= MAX_LENGTH;

const isList = (value) => Array.isArray(value) && value.length <= MAX_ENTRIES && value.every(isEntry);

/** JSON attributes that hold a list of names: anything else in them would fail only when the agent runs. */
function checkLists(context, next) {
  const data = context.params?.data ?? {};
  const attributes = isWrite(context) ? (LISTS[context.uid] ?? []) : [];
  const wrong = attributes.find((name) => data[name] != null && !isList(parsed(data[name])));
  if (wrong !== undefined) {
    throw invalid(wrong, `${wrong} must be a list of at most ${MAX_ENTRIES} texts of 1 to ${MAX_LENGTH} characters`);
  }
  return next();
}

/** The admin page sends JSON attributes as text. */
function parsed(value) {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

module.exports = { checkLists };
