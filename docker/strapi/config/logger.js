'use strict';

const { transports, config } = require('winston');
const { oneOf } = require('../src/environment');
const formats = require('../src/logging/format');
const { logFile } = require('../src/logging/file');

module.exports = {
  level: oneOf('STRAPI_LOG_LEVEL', 'info', Object.keys(config.npm.levels)),
  levels: config.npm.levels,
  format: formats[oneOf('LOG_FORMAT', 'json', Object.keys(formats))],
  transports: [new transports.Console(), ...logFile()],
};
