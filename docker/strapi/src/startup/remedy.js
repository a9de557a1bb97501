'use strict';

const { SettingError } = require('../environment');

const INVALID_PASSWORD = '28P01';
const NO_SUCH_DATABASE = '3D000';

// The last is what the driver says when its own time for connecting is up.
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'timeout expired'];

const REMEDIES = [
  [(e) => e instanceof SettingError, (e) => e.message],
  [
    (e) => e.message === 'The server does not support SSL connections',
    () => 'DATABASE_SSL is true, but the database server offers no TLS: set DATABASE_SSL=false, or give the server a certificate.',
  ],
  [
    (e) => /self[- ]signed certificate|unable to verify|unable to get (local )?issuer|ALTNAME/i.test(`${e.code} ${e.message}`),
    (e) => `the database server's certificate is not trusted (${e.message}): name its CA file in NODE_EXTRA_CA_CERTS, or set DATABASE_SSL=false.`,
  ],
  [(e) => e.code === INVALID_PASSWORD, () => 'the database refuses DATABASE_USERNAME with DATABASE_PASSWORD: compare them with the server\'s.'],
  [(e) => e.code === NO_SUCH_DATABASE, () => 'the database named by DATABASE_NAME does not exist: create it, or correct the name.'],
  [
    (e) => UNREACHABLE.includes(e.code ?? e.message),
    (e) => `the database at DATABASE_HOST and DATABASE_PORT can't be reached (${e.code ?? e.message}): check that it runs and that both are right.`,
  ],
];

/** What to do about an error that is not the program's fault, in one line; undefined for any other error. */
function remedyFor(error) {
  return REMEDIES.find(([applies]) => applies(error))?.[1](error);
}

module.exports = { remedyFor };
