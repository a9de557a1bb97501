'use strict';

const { integer } = require('./index');

const MIB = 1024 * 1024;

/** Largest upload in bytes. */
const maxFileSize = () => integer('MAX_FILE_SIZE', 50 * MIB, { min: 1, max: 2048 * MIB });

module.exports = { maxFileSize };
