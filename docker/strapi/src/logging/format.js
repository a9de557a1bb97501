'use strict';

const { format } = require('winston');

// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;

const plain = (value) => String(value).replace(COLOURS, '');

/** Winston hands an Error either as the entry itself or merged into it. */
const entryOf = (info) => ({
  time: new Date().toISOString(),
  level: info.level,
  logger: 'strapi',
  message: plain(info.message),
  ...(info.stack ? { stack: plain(info.stack) } : {}),
});

const errors = format.errors({ stack: true });

const json = format.combine(
  errors,
  format.printf((info) => JSON.stringify(entryOf(info)))
);

const text = format.combine(
  errors,
  format.printf((info) => {
    const { time, level, logger, message, stack } = entryOf(info);
    return `${time} ${level.toUpperCase()} ${logger} ${stack ?? message}`;
  })
);

module.exports = { json, text };
