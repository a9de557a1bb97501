'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { SettingError } = require('./src/environment');
const { useCodeCache } = require('./src/startup/code-cache');
const { surviveLostConnections } = require('./src/startup/lost-connections');
const { remedyFor } = require('./src/startup/remedy');

const CONFIGURATION_ERROR = 78;
const FAILURE = 1;
const END_DEADLINE_MS = 3_000;

function refuse(error) {
  process.stderr.write(`Strapi does not start: ${error.message}\n`);
  process.exit(CONFIGURATION_ERROR);
}

/** Lets go of everything, so that the process ends by itself once the log's last lines are written; at the deadline it ends anyway. */
async function end(strapi, code) {
  process.exitCode = code;
  setTimeout(() => process.exit(code), END_DEADLINE_MS).unref();
  try {
    await strapi.destroy();
  } catch (error) {
    strapi.log.warn(`The shutdown was not complete: ${error.message}`);
  }
  strapi.log.end();
}

function fail(strapi, error) {
  const remedy = remedyFor(error);
  if (remedy === undefined) {
    strapi.log.error(error);
  } else {
    strapi.log.error(`Strapi does not start: ${remedy}`);
  }
  return end(strapi, error instanceof SettingError ? CONFIGURATION_ERROR : FAILURE);
}

/** Strapi wraps an error of a configuration file in one of its own; loaded here first, a wrong setting says so itself. */
function checkSettings() {
  const directory = path.join(__dirname, 'config');
  const files = fs.readdirSync(directory).filter((file) => path.extname(file) === '.js');
  files.forEach((file) => require(path.join(directory, file)));
}

function create() {
  checkSettings();
  const { createStrapi } = require('@strapi/strapi');
  return createStrapi({ appDir: __dirname, distDir: __dirname });
}

async function main() {
  const stopUsingCache = useCodeCache();
  const strapi = create();
  const { surviveFileTrouble } = require('./src/logging/file');
  surviveFileTrouble(strapi.log);
  surviveLostConnections(strapi.log);
  try {
    await strapi.load();
    await strapi.listen();
    stopUsingCache();
  } catch (error) {
    await fail(strapi, error);
  }
}

process.chdir(__dirname);
main().catch((error) => {
  if (error instanceof SettingError) refuse(error);
  throw error;
});
