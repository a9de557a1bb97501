'use strict';

const fs = require('node:fs');

/** A setting that keeps the application from starting. Its message names the variable, never its value. */
class SettingError extends Error {
  constructor(message) {
    super(message);
    this.name = 'SettingError';
  }
}

/** The content of the file that <name>_FILE points to, or the variable's value; '' where neither is set. */
function read(name) {
  const file = (process.env[`${name}_FILE`] ?? '').trim();
  return file === '' ? (process.env[name] ?? '').trim() : readFile(name, file);
}

function readFile(name, file) {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new SettingError(`${name}_FILE can't be read (${error.code}): make the file readable for uid ${process.getuid()}.`);
  }
}

function required(name) {
  const value = read(name);
  if (value === '') {
    throw new SettingError(`${name} is missing or empty: set it in .env and start again.`);
  }
  return value;
}

function text(name, fallback) {
  return read(name) || fallback;
}

function integer(name, fallback, { min, max }) {
  const value = read(name);
  if (value === '') return fallback;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw new SettingError(`${name} must be a whole number from ${min} to ${max}.`);
  }
  return number;
}

function flag(name, fallback) {
  const value = read(name).toLowerCase();
  if (value === '') return fallback;
  if (value !== 'true' && value !== 'false') {
    throw new SettingError(`${name} must be true or false.`);
  }
  return value === 'true';
}

function oneOf(name, fallback, choices) {
  const value = read(name) || fallback;
  if (!choices.includes(value)) {
    throw new SettingError(`${name} must be one of ${choices.join(', ')}.`);
  }
  return value;
}

function list(name, fallback) {
  const entries = read(name)
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return entries.length === 0 ? fallback : entries;
}

module.exports = { SettingError, required, text, integer, flag, oneOf, list };
