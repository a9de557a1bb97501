'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { transports } = require('winston');

const DIRECTORY = path.resolve(__dirname, '../../logs');
// Winston looks at the size after it has written, so that a file outgrows this by its last line.
const MAX_BYTES = 9_900_000;
const MAX_FILES = 3;

function whyNotWritable() {
  try {
    fs.mkdirSync(DIRECTORY, { recursive: true });
    fs.accessSync(DIRECTORY, fs.constants.W_OK);
    return undefined;
  } catch (error) {
    return error.code;
  }
}

/** The rotating log file's transport; none, with a word on stderr, where the directory can't be written. */
function logFile() {
  const reason = whyNotWritable();
  if (reason !== undefined) {
    process.stderr.write(`No log file: ${DIRECTORY} is not writable for uid ${process.getuid()} (${reason}); logging to stdout only.\n`);
    return [];
  }
  return [
    new transports.File({ dirname: DIRECTORY, filename: 'strapi.log', maxsize: MAX_BYTES, maxFiles: MAX_FILES, tailable: true }),
  ];
}

/** Without a listener, a full disk would end the process. Says so once and leaves stdout as the log. */
function surviveFileTrouble(logger) {
  logger.once('error', (error) => {
    process.stderr.write(`The log file is no longer written (${error.code ?? error.message}); logging to stdout only.\n`);
    logger.on('error', () => {});
  });
}

module.exports = { logFile, surviveFileTrouble };
