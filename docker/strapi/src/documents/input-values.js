'use strict';

const { invalid } = require('./errors');
const { TASK, isWrite } = require('./subjects');

const MAX_ENTRIES = 100;
const MAX_LENGTH = 20000;
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,99}$/;

const isValue = (value) =>
  (typeof value === 'string' && value.length <= MAX_LENGTH) || typeof value === 'number' || typeof value === 'boolean';

const isInput = (value) =>
  typeof value === 'object' &&
  !Array.isArray(value) &&
  Object.keys(value).length <= MAX_ENTRIES &&
  Object.entries(value).every(([name, entry]) => NAME.test(name) && isValue(entry));

/** What fills a task's placeholders: anything but plain values would fail only when the task is run. */
function checkInputValues(context, next) {
  const value = context.uid === TASK && isWrite(context) ? context.params?.data?.inputValues : undefined;
  if (value != null && !isInput(parsed(value))) {
    throw invalid(
      'inputValues',
      `inputValues must be an object of at most ${MAX_ENTRIES} texts of at most ${MAX_LENGTH} characters, numbers, or true or false, under names of letters, digits, _, . and -`
    );
  }
  return next();
}

/** The admin page sends JSON attributes as text. */
function parsed(value) {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) ?? {};
  } catch {
    return [];
  }
}

module.exports = { checkInputValues };
