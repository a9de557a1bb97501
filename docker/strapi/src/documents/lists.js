'use strict';

const { invalid } = require('./errors');
const { AGENT, MCP_SERVER, SKILL, isWrite } = require('./subjects');

const LISTS = {
  [AGENT]: ['stopSequences', 'allowedTools', 'disallowedTools'],
  [SKILL]: ['allowedTools'],
  [MCP_SERVER]: ['args'],
};
const NAMES = { entries: 200, shortest: 1, longest: 200 };
const ARGUMENTS = { entries: 50, shortest: 0, longest: 2000 };

const isList = (value, { entries, shortest, longest }) =>
  Array.isArray(value) &&
  value.length <= entries &&
  value.every((entry) => typeof entry === 'string' && entry.length >= shortest && entry.length <= longest);

/** JSON attributes that hold a list of texts: anything else in them would fail only when the agent runs. */
function checkLists(context, next) {
  const data = context.params?.data ?? {};
  const attributes = isWrite(context) ? (LISTS[context.uid] ?? []) : [];
  const bounds = context.uid === MCP_SERVER ? ARGUMENTS : NAMES;
  const wrong = attributes.find((name) => data[name] != null && !isList(parsed(data[name]), bounds));
  if (wrong !== undefined) {
    throw invalid(wrong, `${wrong} must be a list of at most ${bounds.entries} texts of ${bounds.shortest} to ${bounds.longest} characters`);
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
