'use strict';

const { errors } = require('@strapi/utils');

/** The error that Strapi itself answers for an invalid attribute: a 400 that names the attribute. */
const invalid = (attribute, message) =>
  new errors.ValidationError(message, { errors: [{ path: [attribute], message, name: 'ValidationError' }] });

module.exports = { invalid };
