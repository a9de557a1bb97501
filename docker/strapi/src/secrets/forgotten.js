'use strict';

/** What decides where an MCP server's secrets are sent. */
const ADDRESS = ['transport', 'url', 'command', 'args'];

/** The admin page sends JSON attributes as text, and nothing can be said in several ways. */
function plain(value) {
  if (value === undefined || value === null || value.length === 0) return 'null';
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    return JSON.stringify(JSON.parse(value));
  } catch {
    return JSON.stringify(value);
  }
}

/** The fields with secrets that a change doesn't name although it has them sent elsewhere. */
function forgotten(before, change, fields) {
  const same = (name) => change[name] === undefined || plain(change[name]) === plain(before[name]);
  if (!before || ADDRESS.every(same)) return [];
  return Object.entries(fields)
    .filter(([field, names]) => change[field] === undefined && (before[names] ?? []).length > 0)
    .map(([field]) => field);
}

module.exports = { ADDRESS, forgotten };
